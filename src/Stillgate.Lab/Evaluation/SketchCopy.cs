using Stillgate.Detection.Sketching;

namespace Stillgate.Lab.Evaluation;

/// <summary>Copies a sketched exchange through its packed form, so that no field that a sketch gains can be forgotten here.</summary>
internal static class SketchCopy
{
    public static void Copy(SketchedExchange from, SketchedExchange to)
    {
        to.Id = from.Id;
        to.AtMs = from.AtMs;
        to.Account = from.Account;
        to.Organization = from.Organization;
        to.EndCustomer = from.EndCustomer;
        to.Ip = from.Ip;
        to.Tls = from.Tls;
        to.Model = from.Model;
        to.Status = from.Status;
        if (!SketchCodec.TryDecode(SketchCodec.Encode(from.Content, ""), to.Content))
        {
            throw new InvalidOperationException("A sketch did not come back from its packed form.");
        }
    }
}
