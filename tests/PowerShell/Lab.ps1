# Hosts in network namespaces for the tests of live enforcers. Dot-sourced; needs Support.ps1 to run a shell in it.

# Why there can be no lab here, or nothing.
function Get-LabObstacle {
    if (-not $IsLinux) { return 'network namespaces are on Linux only' }
    if ((id -u) -ne 0) { return 'network namespaces need root' }
    foreach ($tool in 'ip', 'ping') {
        if (-not (Get-Command $tool -CommandType Application -ErrorAction Ignore)) { return "the program $tool is missing" }
    }
    $probe = "mac-probe-$PID"
    ip netns add $probe 2>$null
    if ($LASTEXITCODE) { return 'this system allows no network namespaces' }
    ip netns delete $probe
}

# Skips the test where there can be no lab.
function Skip-WithoutLab {
    param([string] $Obstacle)

    if ($Obstacle) {
        Set-ItResult -Skipped -Because $Obstacle
    }
}

# Two hosts with a namespace between them: host 1 - p1 | middle | p2 - host 2. And a second pair of ports, p3 and p4, with nobody behind.
function New-Lab {
    $name = "mac-$PID-$(Get-Random -Maximum 9999)"
    $lab = @{ Middle = "$name-m"; One = "$name-1"; Two = "$name-2" }
    try {
        $lab.Values | ForEach-Object { ip netns add $_ }
        foreach ($side in @{ Port = 'p1'; Host = $lab.One; Address = '10.99.0.1/24' }, @{ Port = 'p2'; Host = $lab.Two; Address = '10.99.0.2/24' }) {
            ip -netns $lab.Middle link add $side.Port type veth peer name eth0 netns $side.Host
            ip -netns $lab.Middle link set $side.Port up
            ip -netns $side.Host link set eth0 up
            ip -netns $side.Host address add $side.Address dev eth0
        }
        foreach ($port in 'p3', 'p4') {
            ip -netns $lab.Middle link add $port type veth peer name "$port-end"
            ip -netns $lab.Middle link set $port up
            ip -netns $lab.Middle link set "$port-end" up
        }
        ip -netns $lab.Middle link show p4 | Out-Null
        if ($LASTEXITCODE) { throw 'The lab could not be built.' }
        $lab
    }
    catch {
        Remove-Lab $lab
        throw
    }
}

function Remove-Lab {
    param([hashtable] $Lab)

    $Lab.Values | ForEach-Object { ip netns delete $_ 2>$null }
}

# Runs a script in a shell of its own in the middle namespace, connected to a store of its own. The script can run commands on the hosts
# 'one' and 'two' (10.99.0.1 and 10.99.0.2), and make them interface records of VLAN 10.
function Invoke-Lab {
    param([hashtable] $Lab, [string] $Script)

    $store = Join-Path $TestDrive "$([guid]::NewGuid()).db"
    $prologue = "
        . '$PSScriptRoot/Support.ps1'
        function Test-Ping {
            foreach (`$try in 1..3) {
                ip netns exec $($Lab.One) ping -c 1 -W 1 10.99.0.2 | Out-Null
                if (-not `$LASTEXITCODE) { return `$true }
            }
            `$false
        }
        `$hosts = @{ one = '$($Lab.One)'; two = '$($Lab.Two)' }
        function Invoke-Host([string] `$Name, [string[]] `$Command) { ip netns exec `$hosts[`$Name] @Command }
        function New-HostInterface {
            `$null = New-MacVlan 10
            foreach (`$name in 'one', 'two') {
                `$link = Invoke-Host `$name ip, -json, address, show, dev, eth0 | ConvertFrom-Json
                `$address = `$link.addr_info.Where({ `$_.family -eq 'inet' })[0]
                New-MacInterface `$name 10 `"`$(`$address.local)/`$(`$address.prefixlen)`" -MacAddress `$link.address
            }
        }
        `$null = Connect-MacStore '$store'
        "
    Invoke-Shell ($prologue + $Script) -Through ip, netns, exec, $Lab.Middle
}
