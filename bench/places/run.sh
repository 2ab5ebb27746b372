#!/usr/bin/env bash
# Look-ups of places: ours, over a file made from the development data. Prints nanoseconds and bytes of one look-up.
set -euo pipefail
cd "$(dirname "$0")/../.."
. eng/dotnet.sh
data="$(cd "${STILLGATE_DATA:-../shared/data}" 2>/dev/null && pwd)/ip" || { echo "bench places: needs the development data (STILLGATE_DATA)" >&2; exit 2; }
dotnet build src/Stillgate.Server -c Release --verbosity quiet -nologo
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cat > "$folder/places.yaml" <<YAML
sources:
  - {name: iptoasn, says: country, basis: as-registration, files: [$data/geo/iptoasn-country.mmdb], version: 2026-06-17, licence: PDDL-1.0}
  - {name: asn-country, says: country, basis: as-registration, files: [$data/geo/asn-country-ipv4.csv.gz, $data/geo/asn-country-ipv6.csv.gz], version: 2026-06-17, licence: CC0-1.0}
  - {name: geo-whois, says: country, basis: whois-and-geofeed, files: [$data/geo/geo-whois-asn-country.mmdb], version: 2026-06-17, licence: CC0-1.0}
  - {name: ipfire, says: country, files: [$data/geo/ipfire_tor_geoip_v4_20260625.csv.gz, $data/geo/ipfire_tor_geoip_v6_20260625.csv.gz], version: 2026-06-25, licence: CC-BY-SA-4.0}
  - {name: asn, says: network, files: [$data/asn/asn-ipv4.csv.gz, $data/asn/asn-ipv6.csv.gz], version: 2026-06-17, licence: CC-BY-4.0}
  - {name: centres, says: hosting, files: [$data/hosting-vpn/x4bnet/datacenter_ipv4.txt, $data/hosting-vpn/x4bnet/datacenter_ipv6.txt], version: 2026-08-22, licence: MIT}
  - {name: vpn, says: vpn, files: [$data/hosting-vpn/x4bnet/vpn_ipv4.txt, $data/hosting-vpn/x4bnet/vpn_ipv6.txt], version: 2026-08-22, licence: MIT}
  - {name: relay, says: relay, files: [$data/hosting-vpn/ipranges/apple-proxy_ipv4.txt, $data/hosting-vpn/ipranges/apple-proxy_ipv6.txt], version: 2026-08-22, licence: CC0-1.0}
YAML
run="dotnet artifacts/bin/Stillgate.Server/release/stillgate.dll places"
$run update --sources "$folder/places.yaml" --places "$folder/places.idx"
$run bench --places "$folder/places.idx" "$@"
