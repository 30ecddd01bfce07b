# What the tests of every cmdlet need. Dot-sourced in BeforeAll.

$RepositoryRoot = (Resolve-Path -LiteralPath "$PSScriptRoot/../..").Path
$ExampleCapture = Join-Path $RepositoryRoot 'docs/examples/cameras-and-plc.pcap'
$ExampleConfiguration = Join-Path $RepositoryRoot 'docs/examples/cameras-and-plc.json'

. "$PSScriptRoot/Shell.ps1"

if (-not (Get-Module MacSegmentation)) {
    Import-Module (Join-Path $RepositoryRoot 'MacSegmentation.psd1')
}

# Connects to a new, empty store.
function New-TestStore {
    Connect-MacStore (Join-Path $TestDrive "$([guid]::NewGuid()).db")
}

# A new store with the VLANs that the examples use.
function New-ExampleStore {
    $null = New-TestStore
    $null = New-MacVlan 10 -RangeStart 00:1A:2B:3C:40:00 -RangeEnd 00:1A:2B:3C:4F:FF -Name cameras
    $null = New-MacVlan 20 -Range 02-00-5E-10-00-00/32 -Name plc
}

# A store with a record to be tagged, one that never is, and a partition whose members may send nothing.
function New-QuarantineStore {
    New-ExampleStore
    $null = New-MacInterface web-1 10 10.0.0.11/24 -Tag prod
    $null = New-MacInterface router 10 10.0.0.1/24 -Tag quarantined -TriggerExempt $true
    $null = New-MacPartition quarantine -Tag quarantined -Priority 1000
    $null = Add-MacPartitionPolicy quarantine * Drop
}

# A store with profiles and a session in VLAN 10.
function New-SessionStore {
    $null = New-TestStore
    $null = New-MacVlan 10 -Range 02-10-00-00-00-00/40
    $null = New-MacVlan 20 -Range 02-20-00-00-00-00/40
    $null = New-MacProfile branch-dsl -IngressBandwidth 16mbit -EgressBandwidth 1mbit -Priority 2 -AddressRange 02-10-00-00-00-40/44
    $null = New-MacProfile satellite -From satellite-geo
    $null = New-MacProfile datacentre
    $null = New-MacSession training 10 -DefaultProfile branch-dsl
}

# Runs what must fail, makes sure that it changed nothing, and returns how it failed.
function Get-MacError {
    param([Parameter(Mandatory)] [scriptblock] $Command)

    $revision = (Get-MacStore).Revision
    $failure = $null
    $ErrorActionPreference = 'Stop'
    try {
        $null = & $Command
    }
    catch {
        $failure = $_
    }

    $failure | Should -Not -BeNullOrEmpty -Because "this must fail: $Command"
    (Get-MacStore).Revision | Should -Be $revision -Because 'a failure changes nothing'
    [pscustomobject]@{
        Id       = ($failure.FullyQualifiedErrorId -split ',')[0]
        Category = $failure.CategoryInfo.Category
        Message  = $failure.Exception.Message
        Target   = $failure.TargetObject
    }
}

# The completions of a line at its end.
function Complete-Line {
    param([Parameter(Mandatory)] [string] $Line)

    [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches
}

# Runs a script in a PowerShell of its own with the module loaded, and returns its lines.
function Invoke-Shell {
    param([Parameter(Mandatory)] [string] $Script, [string[]] $Through = @())

    $manifest = Join-Path $RepositoryRoot 'MacSegmentation.psd1'
    $command = "`$ErrorActionPreference = 'Stop'; Import-Module '$manifest'; $Script"
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($command))
    Invoke-ShellCommand '-NonInteractive', '-EncodedCommand', $encoded -Through $Through 2>&1 | ForEach-Object { "$_" }
}

# A connection of SQLite's own to a file, past the module: to hold a lock, or to make a file that is no store of ours.
function Open-Sqlite {
    param([Parameter(Mandatory)] [string] $Path)

    if (-not (Get-SqliteAssembly)) {
        $null = Connect-MacStore (Join-Path $TestDrive 'loads-sqlite.db')
    }
    $connection = [Activator]::CreateInstance((Get-SqliteAssembly).GetType('Microsoft.Data.Sqlite.SqliteConnection'), [object[]]"Data Source=$Path;Pooling=False")
    $connection.Open()
    $connection
}

function Get-SqliteAssembly {
    [AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'Microsoft.Data.Sqlite' })[0]
}

function Invoke-Sqlite {
    param([Parameter(Mandatory)] $Connection, [Parameter(Mandatory)] [string] $Sql)

    $command = $Connection.CreateCommand()
    $command.CommandText = $Sql
    $null = $command.ExecuteNonQuery()
    $command.Dispose()
}

# An enforcer says that it uses an interface record, now or some time ago.
function Set-EnforcerUse {
    param([Parameter(Mandatory)] [string] $Name, [int] $SecondsAgo = 0)

    $seen = [DateTimeOffset]::UtcNow.AddSeconds(-$SecondsAgo).ToUnixTimeMilliseconds() * 1000
    $connection = Open-Sqlite (Get-MacStore).Path
    Invoke-Sqlite $connection "INSERT INTO interface_use SELECT interface_id, 'enforcer', 'host-7', 'macseg/7', $seen FROM interface WHERE name = '$Name'"
    $connection.Dispose()
}

# Why there can be no PostgreSQL server for a test, or nothing.
function Get-PostgresObstacle {
    if ($IsWindows) {
        'The tests'' PostgreSQL needs a Unix.'
    }
    elseif (-not (Get-Command pg_ctl -ErrorAction Ignore) -and -not (Test-Path /usr/lib/postgresql/*/bin/pg_ctl)) {
        'PostgreSQL is not installed: pg_ctl is neither on the PATH nor under /usr/lib/postgresql.'
    }
}

# Starts a PostgreSQL server of the tests' own. It ends with Stop-TestPostgres or with this process.
function Start-TestPostgres {
    $folder = [IO.Directory]::CreateTempSubdirectory('macseg-pg-').FullName
    $start = [Diagnostics.ProcessStartInfo]::new('sh')
    foreach ($word in "$RepositoryRoot/tests/MacSegmentation.Storage.Tests/Postgres/serve-cluster.sh", $folder, 'fsync = off') {
        $start.ArgumentList.Add($word)
    }
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    $said = $process.StandardOutput.ReadLine()
    if ($said -ne 'ready') {
        throw "PostgreSQL did not start: $said $($process.StandardOutput.ReadToEnd())"
    }
    [pscustomobject]@{ Folder = $folder; Process = $process }
}

function Stop-TestPostgres {
    param([Parameter(Mandatory)] $Server)

    $Server.Process.StandardInput.Close()
    $Server.Process.WaitForExit()
}

# Runs SQL on a test's server, and returns its lines.
function Invoke-Postgres {
    param([Parameter(Mandatory)] $Server, [Parameter(Mandatory)] [string] $Sql, [string] $Database = 'postgres')

    psql -X -q -A -t -v ON_ERROR_STOP=1 -h $Server.Folder -U postgres -d $Database -c $Sql
}

# A connection string for a new, empty database of a test's server.
function New-TestDatabase {
    param([Parameter(Mandatory)] $Server)

    $name = "pester_$([guid]::NewGuid().ToString('N'))"
    Invoke-Postgres $Server "CREATE DATABASE $name OWNER macseg"
    "Host=$($Server.Folder);Database=$name;Username=macseg"
}

# Waits until something is so.
function Wait-Until {
    param([Parameter(Mandatory)] [scriptblock] $Condition, [double] $Seconds = 10)

    $watch = [Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($watch.Elapsed.TotalSeconds -gt $Seconds) {
            throw "After $Seconds s it is still not so: $Condition"
        }
        Start-Sleep -Milliseconds 20
    }
}

# Skips the test on Wine, which is a Windows without some of what Windows has. The reason says what Wine does not do.
function Skip-OnWine {
    param([Parameter(Mandatory)] [string] $Reason)

    $library = $function = [IntPtr]::Zero
    if ($IsWindows -and [System.Runtime.InteropServices.NativeLibrary]::TryLoad('ntdll.dll', [ref] $library) -and
        [System.Runtime.InteropServices.NativeLibrary]::TryGetExport($library, 'wine_get_version', [ref] $function)) {
        Set-ItResult -Skipped -Because "Wine cannot show it: $Reason"
    }
}
