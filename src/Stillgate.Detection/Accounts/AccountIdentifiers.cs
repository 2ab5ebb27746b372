namespace Stillgate.Detection.Accounts;

/// <summary>What an account's registration may have in common with others', hashed; 0 for what is not known.</summary>
/// <param name="Payment">Means of payment.</param>
/// <param name="EmailPattern">E-mail pattern.</param>
internal readonly record struct AccountIdentifiers(ulong Payment, ulong EmailPattern)
{
    public static AccountIdentifiers None => default;

    public Enumerator GetEnumerator() => new(this);

    public struct Enumerator(AccountIdentifiers identifiers)
    {
        private int _at = -1;

        public readonly ulong Current => _at == 0 ? identifiers.Payment : identifiers.EmailPattern;

        public bool MoveNext()
        {
            while (++_at < 2)
            {
                if (Current != 0)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
