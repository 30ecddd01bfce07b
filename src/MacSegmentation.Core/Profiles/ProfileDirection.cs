namespace MacSegmentation.Profiles;

/// <summary>Which way frames go, seen from the instance that has a vNIC profile.</summary>
public enum ProfileDirection
{
    /// <summary>Towards the instance.</summary>
    Ingress,

    /// <summary>From the instance.</summary>
    Egress,
}
