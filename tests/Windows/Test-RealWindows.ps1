<#
.SYNOPSIS
Reports what only a real Windows can show: Npcap, Hyper-V, services, NTFS, certificates, timers.

.DESCRIPTION
The tests run for Windows under Wine, which has no driver, no NTFS and no key store (docs/windows.md). An administrator runs this script on a Windows
with the module built or installed. Each check is independent of the others, removes what it made, and is one row of the table: Passed, Failed, or
Skipped where this Windows lacks what it needs. The same goes to a JSON file, to be sent on. Names and addresses of this machine are in it.

.PARAMETER Check
Names of the checks that run, with wildcards.

.PARAMETER Manifest
The module. By default the one of the repository that has this script.

.PARAMETER JsonPath
Where the report goes.

.PARAMETER List
Writes the names of the checks and what each is about, and runs none.

.EXAMPLE
./tests/Windows/Test-RealWindows.ps1

.EXAMPLE
./tests/Windows/Test-RealWindows.ps1 -Check Npcap, 'Capture*'
#>
[CmdletBinding()]
param(
    [SupportsWildcards()]
    [string[]] $Check = '*',
    [string] $Manifest = (Join-Path $PSScriptRoot '..' '..' 'MacSegmentation.psd1'),
    [string] $JsonPath = 'real-windows.json',
    [switch] $List
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

# A check ends with its details, with an error, or with this.
class CheckSkippedException : System.Exception {
    CheckSkippedException([string] $Reason) : base($Reason) { }
}

function Skip-Check([string] $Reason) {
    throw [CheckSkippedException]::new($Reason)
}

function Assert-That([bool] $Condition, [string] $Otherwise) {
    if (-not $Condition) {
        throw $Otherwise
    }
}

$checks = [ordered]@{}
function Add-Check([string] $Name, [string] $About, [scriptblock] $Script) {
    $checks[$Name] = [pscustomobject]@{ Name = $Name; About = $About; Script = $Script }
}

# A folder of the check's own, with a store in it to which the module is connected.
function Use-Store([scriptblock] $Script) {
    $folder = [System.IO.Directory]::CreateTempSubdirectory('macseg-real-').FullName
    try {
        $null = Connect-MacStore (Join-Path $folder 'lab.db')
        & $Script $folder
    }
    finally {
        Disconnect-MacStore -ErrorAction Ignore
        Remove-Item -LiteralPath $folder -Recurse -Force
    }
}

# Two internal switches of Hyper-V, each with an adapter of this machine: names in, adapters' names for the script, nothing left.
function Use-InternalSwitch([string[]] $Name, [scriptblock] $Script) {
    if (-not (Get-Command New-VMSwitch -ErrorAction Ignore)) {
        Skip-Check 'Hyper-V and its PowerShell module are not installed.'
    }
    $made = @()
    try {
        foreach ($one in $Name) {
            $made += New-VMSwitch -Name $one -SwitchType Internal
        }
        & $Script $Name.ForEach({ "vEthernet ($_)" })
    }
    finally {
        $made | Remove-VMSwitch -Force
    }
}

function Wait-Until([scriptblock] $Condition, [string] $What, [int] $Seconds = 20) {
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        Assert-That ($watch.Elapsed.TotalSeconds -lt $Seconds) "Not within $Seconds s: $What"
        Start-Sleep -Milliseconds 50
    }
}

# The program of the module.
function Get-MacsegPath {
    $path = Join-Path (Split-Path $Manifest) 'bin' 'Host' 'macseg.exe'
    Assert-That (Test-Path -LiteralPath $path) "The module has no $path."
    (Resolve-Path -LiteralPath $path).Path
}

Add-Check 'System' 'Windows, PowerShell and .NET.' {
    "$([System.Runtime.InteropServices.RuntimeInformation]::OSDescription), PowerShell $($PSVersionTable.PSVersion), $([System.Runtime.InteropServices.RuntimeInformation]::FrameworkDescription), $([Environment]::ProcessorCount) processors"
}

Add-Check 'Npcap' 'The driver runs; the version and the options of its installation.' {
    $library = Join-Path ([Environment]::SystemDirectory) 'Npcap' 'wpcap.dll'
    if (-not (Test-Path -LiteralPath $library)) {
        Skip-Check 'Npcap is not installed: https://npcap.com.'
    }
    $service = Get-Service -Name npcap -ErrorAction Ignore
    Assert-That ($service -and $service.Status -eq 'Running') 'The service npcap does not run.'
    $options = Get-ItemProperty -Path 'HKLM:\SYSTEM\CurrentControlSet\Services\npcap\Parameters' -ErrorAction Ignore
    $told = foreach ($option in 'AdminOnly', 'Dot11Support', 'LoopbackSupport', 'WinPcapCompatible') {
        if ($options -and $options.PSObject.Properties[$option]) { "$option=$($options.$option)" }
    }
    "wpcap.dll $((Get-Item -LiteralPath $library).VersionInfo.FileVersion); $($told -join ', ')"
}

Add-Check 'Send queue' 'The library has the functions that frames are sent with in one call.' {
    $library = Join-Path ([Environment]::SystemDirectory) 'Npcap' 'wpcap.dll'
    if (-not (Test-Path -LiteralPath $library)) {
        Skip-Check 'Npcap is not installed.'
    }
    $handle = [System.Runtime.InteropServices.NativeLibrary]::Load($library)
    $address = [IntPtr]::Zero
    foreach ($function in 'pcap_sendqueue_alloc', 'pcap_sendqueue_queue', 'pcap_sendqueue_transmit', 'pcap_sendqueue_destroy') {
        Assert-That ([System.Runtime.InteropServices.NativeLibrary]::TryGetExport($handle, $function, [ref] $address)) "$library does not export $function."
    }
    'All four functions are there; "Enforcer" sends through them.'
}

Add-Check 'Capture devices' 'Adapters are listed with the names that users know.' {
    $devices = @(Get-MacCaptureDevice)
    Assert-That ($devices.Count -gt 0) 'No capture device is listed.'
    $adapters = @(Get-NetAdapter | Where-Object Status -EQ 'Up')
    $text = $devices | Out-String
    $missing = @($adapters | Where-Object { $devices.Name -notcontains $_.Name -and -not $text.Contains($_.Name) })
    Assert-That ($missing.Count -eq 0) "Not listed by their names: $($missing.Name -join ', '). Listed: $($devices.Name -join ', ')"
    "$($devices.Count) devices: $($devices.Name -join ', ')"
}

Add-Check 'Adapter with a name beyond ASCII' 'It is listed and opened by its name.' {
    Use-InternalSwitch 'macseg-Grüße-Ω' {
        param($adapters)
        Assert-That (@(Get-MacCaptureDevice | Where-Object { ($_ | Out-String -Width 500).Contains('macseg-Grüße-Ω') }).Count -eq 1) "$adapters is not listed by that name."
        "$adapters is listed."
    }
}

Add-Check 'Enforcer' 'A live enforcer between the adapters of two Hyper-V switches: frames pass, a policy stops them, stopping takes no longer than a second.' {
    Use-InternalSwitch 'macseg-real-a', 'macseg-real-b' {
        param($adapters)
        Use-Store {
            $null = New-MacVlan 1
            $null = New-NetIPAddress -InterfaceAlias $adapters[0] -IPAddress 10.213.77.1 -PrefixLength 24
            $job = Start-MacPolicyEnforcer -Adapter $adapters
            try {
                Wait-Until { (Get-MacPolicyEnforcer $job.Name).State -eq 'Running' } 'the enforcer runs'

                # Nobody has that address, so this machine asks for it by broadcasts, which leave by the first adapter.
                $ask = { $null = Test-Connection 10.213.77.2 -Count 1 -TimeoutSeconds 1 -Quiet }
                Wait-Until { & $ask; (Get-MacPolicyEnforcer $job.Name).FramesForwarded -gt 0 } 'a frame passes'
                $null = Add-MacPolicy 1 -SourceAddress * -DestinationAddress * -Action Deny
                Wait-Until { & $ask; (Get-MacPolicyEnforcer $job.Name).FramesDenied -gt 0 } 'a policy stops a frame'
                $counts = Get-MacPolicyEnforcer $job.Name
                $watch = [System.Diagnostics.Stopwatch]::StartNew()
                $job | Stop-MacPolicyEnforcer
                Assert-That ($watch.Elapsed.TotalSeconds -lt 1) "Stopping took $($watch.ElapsedMilliseconds) ms."
                "$($counts.FramesForwarded) forwarded, $($counts.FramesDenied) denied; stopped in $($watch.ElapsedMilliseconds) ms"
            }
            finally {
                $job | Remove-Job -Force
            }
        }
    }
}

Add-Check 'Timer resolution' 'How long a wait of 1 ms takes, by the timers of the system and by precise ones.' {
    $measure = {
        param($wait)
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        foreach ($i in 1..50) { & $wait }
        [Math]::Round($watch.Elapsed.TotalMilliseconds / 50, 2)
    }
    if (-not ('MacSegmentation.RealWindows.PreciseTimer' -as [type])) {
        Add-Type -Namespace MacSegmentation.RealWindows -Name PreciseTimer -MemberDefinition @'
[DllImport("kernel32", SetLastError = true)] public static extern IntPtr CreateWaitableTimerExW(IntPtr attributes, IntPtr name, uint flags, uint access);
[DllImport("kernel32", SetLastError = true)] public static extern bool SetWaitableTimer(IntPtr timer, ref long due, int period, IntPtr routine, IntPtr argument, bool resume);
[DllImport("kernel32", SetLastError = true)] public static extern uint WaitForSingleObject(IntPtr handle, uint milliseconds);
[DllImport("kernel32", SetLastError = true)] public static extern bool CloseHandle(IntPtr handle);
'@
    }
    $usual = & $measure { [System.Threading.Thread]::Sleep(1) }

    # CREATE_WAITABLE_TIMER_HIGH_RESOLUTION is 2, TIMER_ALL_ACCESS 0x1F0003; due in 100 ns, negative from now.
    $timer = [MacSegmentation.RealWindows.PreciseTimer]::CreateWaitableTimerExW([IntPtr]::Zero, [IntPtr]::Zero, 2, 0x1F0003)
    Assert-That ($timer -ne [IntPtr]::Zero) 'This Windows has no timers of high resolution: they came with Windows 10 1803.'
    try {
        $precise = & $measure {
            [long] $due = -10000
            $null = [MacSegmentation.RealWindows.PreciseTimer]::SetWaitableTimer($timer, [ref] $due, 0, [IntPtr]::Zero, [IntPtr]::Zero, $false)
            $null = [MacSegmentation.RealWindows.PreciseTimer]::WaitForSingleObject($timer, 1000)
        }
    }
    finally {
        $null = [MacSegmentation.RealWindows.PreciseTimer]::CloseHandle($timer)
    }
    Assert-That ($precise -lt 3) "A precise wait of 1 ms takes $precise ms."
    "$usual ms by sleeping, $precise ms by a timer of high resolution"
}

Add-Check 'Rights of the store file' 'Who may read and change a new store, by NTFS.' {
    Use-Store {
        param($folder)
        $rights = Get-Acl -LiteralPath (Join-Path $folder 'lab.db')
        $open = @($rights.Access | Where-Object { $_.AccessControlType -eq 'Allow' -and $_.IdentityReference.Value -match 'Everyone|\\Users$|Authenticated Users' })
        Assert-That ($open.Count -eq 0) "Others may open it in a folder of the user's own: $($open.ForEach({ "$($_.IdentityReference) $($_.FileSystemRights)" }) -join '; ')"
        "owner $($rights.Owner): $($rights.Access.ForEach({ "$($_.IdentityReference) $($_.FileSystemRights)" }) -join '; ')"
    }
}

Add-Check 'Read-only store file' 'It is refused with a sentence, and left as it was.' {
    Use-Store {
        param($folder)
        $path = Join-Path $folder 'lab.db'
        Disconnect-MacStore
        $file = Get-Item -LiteralPath $path
        $file.IsReadOnly = $true
        try {
            $failure = $null
            try { $null = Connect-MacStore $path; $null = New-MacVlan 10 } catch { $failure = $_ }
            Assert-That ($null -ne $failure) 'A change of a read-only file was taken.'
            Assert-That ($failure.FullyQualifiedErrorId -like 'StoreReadOnly*') "It failed otherwise: $failure"
            "$failure"
        }
        finally {
            $file.IsReadOnly = $false
        }
    }
}

Add-Check 'Long path' 'A store in a folder whose path is longer than MAX_PATH.' {
    Use-Store {
        param($folder)
        $deep = Join-Path $folder ('a' * 100) ('b' * 100) ('c' * 100)
        $null = New-Item -ItemType Directory -Path $deep
        $store = Connect-MacStore (Join-Path $deep 'lab.db')
        $null = New-MacVlan 10
        Disconnect-MacStore
        "a path of $($store.Path.Length) characters"
    }
}

Add-Check 'Symbolic links' 'A store is the same one through a link to its folder.' {
    Use-Store {
        param($folder)
        $null = New-MacVlan 10
        $null = New-Item -ItemType Directory -Path (Join-Path $folder 'real')
        Disconnect-MacStore
        Move-Item (Join-Path $folder 'lab.db*') (Join-Path $folder 'real')
        $null = New-Item -ItemType SymbolicLink -Path (Join-Path $folder 'link') -Target (Join-Path $folder 'real')
        $null = Connect-MacStore (Join-Path $folder 'link' 'lab.db')
        Assert-That ((Get-MacVlan).VlanId -eq 10) 'The store is another one through the link.'
        Disconnect-MacStore
        'A link to a folder is followed.'
    }
}

function Test-Certificate([string] $Location) {
    if (-not (Get-Command New-SelfSignedCertificate -ErrorAction Ignore)) {
        Skip-Check 'The module PKI is not installed.'
    }
    $certificate = New-SelfSignedCertificate -DnsName localhost -CertStoreLocation "Cert:\$Location\My" -KeyExportPolicy Exportable -NotAfter ([datetime]::Now.AddDays(1))
    try {
        Use-Store {
            param($folder)
            $null = New-MacVlan 10 -Range 02:00:00:00:00:00/40
            $null = New-MacProvider real
            $token = (New-MacProviderClient anyone).Token
            $password = ConvertTo-SecureString ([guid]::NewGuid().ToString()) -AsPlainText -Force
            $file = Join-Path $folder 'service.pfx'
            $null = Export-PfxCertificate -Cert $certificate -FilePath $file -Password $password
            $job = Start-MacProvider real -Uri https://localhost:0 -LocalPath (Join-Path $folder 'real.db') -Certificate $file -CertificatePassword $password
            try {
                $answer = Request-MacAddress "urn:uuid:$([guid]::NewGuid())" -VlanId 10 -Uri $job.Uri -Token $token -SkipCertificateCheck
                "$($answer.MacAddress) from $($job.Uri)"
            }
            finally {
                $job | Stop-MacProvider
                $job | Remove-Job -Force
            }
        }
    }
    finally {
        $certificate | Remove-Item -DeleteKey
    }
}

Add-Check 'Certificate of CurrentUser' 'The provider service answers over TLS with a certificate that Windows made and keeps for the user.' { Test-Certificate CurrentUser }
Add-Check 'Certificate of LocalMachine' 'The same with one that Windows keeps for the machine.' { Test-Certificate LocalMachine }

Add-Check 'macseg.exe' 'The program of the module starts.' {
    $path = Get-MacsegPath
    $said = & $path --version 2>&1 | Out-String
    Assert-That ($LASTEXITCODE -eq 0) "It ended with $($LASTEXITCODE): $said"
    "$path, version $($said.Trim())"
}

Add-Check 'Service' 'macseg.exe as a service by sc.exe: made, started, stopped, removed.' {
    $path = Get-MacsegPath
    $name = "macseg-real-$PID"
    Use-Store {
        param($folder)
        $store = Join-Path $folder 'lab.db'
        $null = New-MacVlan 10 -Range 02:00:00:00:00:00/40
        $steps = [ordered]@{}
        $steps.create = sc.exe create $name binPath= "`"$path`" provide --store `"$store`" --uri http://127.0.0.1:0 --allow-plain-http" start= demand | Out-String
        Assert-That ($LASTEXITCODE -eq 0) "sc.exe create: $($steps.create.Trim())"
        try {
            $steps.start = sc.exe start $name | Out-String
            Assert-That ($LASTEXITCODE -eq 0) "sc.exe start: $($steps.start.Trim())"
            Wait-Until { (Get-Service -Name $name).Status -eq 'Running' } 'the service runs'
            Stop-Service -Name $name
            'made, started and stopped'
        }
        finally {
            if ((Get-Service -Name $name).Status -ne 'Stopped') {
                $null = sc.exe stop $name
            }
            $null = sc.exe delete $name
        }
    }
}

$selected = @($checks.Values | Where-Object { $one = $_; @($Check | Where-Object { $one.Name -like $_ }).Count -gt 0 })
if ($List) {
    $selected | Select-Object Name, About
    return
}
if (-not $IsWindows) {
    Write-Output 'This script needs a Windows: PowerShell 7.6 as administrator, Npcap, and for some checks Hyper-V. On other systems the tests run for Windows under Wine (docs/windows.md).'
    return
}
if (-not ([System.Security.Principal.WindowsPrincipal][System.Security.Principal.WindowsIdentity]::GetCurrent()).IsInRole('Administrators')) {
    throw 'Run this script as administrator: it makes switches, services and certificates, and removes them.'
}
if ($selected.Count -eq 0) {
    throw "No check is called $($Check -join ' or '). -List shows them all."
}

$Manifest = (Resolve-Path -LiteralPath $Manifest).Path
Import-Module $Manifest
$rows = foreach ($one in $selected) {
    Write-Progress -Activity 'Checks of a real Windows' -Status $one.Name
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $outcome = 'Passed'
    try {
        $detail = (& $one.Script | Out-String).Trim()
    }
    catch [CheckSkippedException] {
        $outcome = 'Skipped'
        $detail = $_.Exception.Message
    }
    catch {
        $outcome = 'Failed'
        $detail = "$_"
    }
    [pscustomobject]@{ Check = $one.Name; Outcome = $outcome; Seconds = [Math]::Round($watch.Elapsed.TotalSeconds, 1); Detail = $detail }
}
Write-Progress -Activity 'Checks of a real Windows' -Completed

$rows | Format-Table -Wrap Check, Outcome, Detail | Out-String -Width 120
[ordered]@{
    Time    = [DateTimeOffset]::Now.ToString('o')
    Windows = [System.Runtime.InteropServices.RuntimeInformation]::OSDescription
    Shell   = "$($PSVersionTable.PSVersion)"
    Module  = "$((Get-Module MacSegmentation).Version)"
    Checks  = @($rows)
} | ConvertTo-Json -Depth 4 | Set-Content -LiteralPath $JsonPath
"Report: $((Resolve-Path -LiteralPath $JsonPath).Path)"
if (@($rows | Where-Object Outcome -EQ 'Failed').Count -gt 0) {
    exit 1
}
