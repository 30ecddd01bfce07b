namespace MacSegmentation.Services;

/// <summary>The functions of Windows by which a service talks with the service control manager (winsvc.h).</summary>
internal interface IServiceControl
{
    /// <summary>Connects the process with the manager, and returns when the service has stopped (StartServiceCtrlDispatcher).</summary>
    /// <param name="name">The service.</param>
    /// <param name="main">Its main function, called on a thread of the manager's.</param>
    /// <returns>0, or the error's number.</returns>
    int Dispatch(string name, Action main);

    /// <summary>Has controls handled (RegisterServiceCtrlHandlerEx).</summary>
    /// <param name="name">The service.</param>
    /// <param name="handle">Takes the control, and returns 0 or an error's number.</param>
    void Register(string name, Func<uint, uint> handle);

    /// <summary>Says how the service is (SetServiceStatus).</summary>
    void SetStatus(ServiceStatus status);
}
