// Portkey's gateway has no option for the address it listens on and takes all of them: in a benchmark it stays on this machine.
const net = require('node:net');
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, host, ...rest) {
  return typeof port === 'number' && typeof host !== 'string' ? listen.call(this, port, '127.0.0.1', ...[host, ...rest].filter((x) => x !== undefined)) : listen.call(this, port, host, ...rest);
};
