namespace MacSegmentation.Tags;

/// <summary>What a tag is.</summary>
public enum TagKind
{
    /// <summary>A text, such as <c>prod</c>.</summary>
    Text,

    /// <summary>A whole number, such as 42; never equal to the text of its digits.</summary>
    Number,

    /// <summary>A JSON object or array.</summary>
    Json,
}
