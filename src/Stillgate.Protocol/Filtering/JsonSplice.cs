using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Stillgate.Protocol.Filtering;

/// <summary>
/// Copies JSON and leaves some of it out or puts other things in its place. Whatever no rule takes keeps its bytes: escapes, spelling
/// of numbers and white space within a value.
/// </summary>
internal sealed class JsonSplice(IBufferWriter<byte> into)
{
    private bool _follows;

    /// <summary>A rule that has dealt with a member (left it out, or written another) says true; false copies it.</summary>
    public delegate bool MemberRule(JsonProperty member);

    /// <summary>The same for an element of an array.</summary>
    public delegate bool ElementRule(JsonElement element);

    /// <summary>Whether what was written differs from what was read.</summary>
    public bool IsChanged { get; private set; }

    public void Object(JsonElement from, MemberRule rule)
    {
        Open((byte)'{');
        foreach (var member in from.EnumerateObject())
        {
            if (!rule(member))
            {
                Name(member);
                Raw(JsonMarshal.GetRawUtf8Value(member.Value));
            }
        }

        Close((byte)'}');
    }

    public void Array(JsonElement from, ElementRule rule)
    {
        Open((byte)'[');
        foreach (var element in from.EnumerateArray())
        {
            if (!rule(element))
            {
                Element(element);
            }
        }

        Close((byte)']');
    }

    /// <summary>A value that is an object is walked by the rule, any other is copied.</summary>
    public bool WalkObject(JsonProperty member, MemberRule rule)
    {
        if (member.Value.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        Name(member);
        Object(member.Value, rule);
        return true;
    }

    /// <summary>A value that is an array of objects is walked by the rule, any other is copied.</summary>
    public bool WalkObjects(JsonProperty member, Action<JsonElement> write)
    {
        if (member.Value.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        Name(member);
        Array(member.Value, element =>
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            write(element);
            return true;
        });
        return true;
    }

    /// <summary>Begins a member under the name that it had; its value must follow.</summary>
    public void Name(JsonProperty member)
    {
        Separate();
        into.Write("\""u8);
        into.Write(JsonMarshal.GetRawUtf8PropertyName(member));
        into.Write("\":"u8);
        _follows = false;
    }

    /// <summary>Copies an element of an array.</summary>
    public void Element(JsonElement element)
    {
        Separate();
        Raw(JsonMarshal.GetRawUtf8Value(element));
    }

    /// <summary>Writes an element that was not there so.</summary>
    public void NewElement(ReadOnlySpan<byte> json)
    {
        IsChanged = true;
        Separate();
        Raw(json);
    }

    /// <summary>Writes another value for a member.</summary>
    public bool Replace(JsonProperty member, ReadOnlySpan<byte> json)
    {
        IsChanged = true;
        Name(member);
        Raw(json);
        return true;
    }

    /// <summary>Writes a member that was not there.</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
    {
        IsChanged = true;
        Separate();
        into.Write("\""u8);
        into.Write(name);
        into.Write("\":"u8);
        Raw(json);
    }

    /// <summary>Writes a member whose value is plain text of ASCII without quotes, such as base64.</summary>
    public bool ReplaceText(JsonProperty member, string plain) => Replace(member, Quote(plain));

    /// <summary>Leaves out what stands there.</summary>
    public bool Drop()
    {
        IsChanged = true;
        return true;
    }

    public static byte[] Quote(string plain) => [(byte)'"', .. System.Text.Encoding.ASCII.GetBytes(plain), (byte)'"'];

    private void Open(byte bracket)
    {
        Separate();
        into.Write([bracket]);
        _follows = false;
    }

    private void Close(byte bracket)
    {
        into.Write([bracket]);
        _follows = true;
    }

    private void Raw(ReadOnlySpan<byte> json)
    {
        into.Write(json);
        _follows = true;
    }

    private void Separate()
    {
        if (_follows)
        {
            into.Write(","u8);
        }

        _follows = false;
    }
}
