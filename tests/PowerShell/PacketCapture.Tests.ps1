BeforeAll {
    . $PSScriptRoot/Support.ps1
    $manifestPath = Join-Path $RepositoryRoot 'MacSegmentation.psd1'
    $obstacle = & {
        try { $null = Get-MacCaptureDevice -ErrorAction Stop } catch { $_.Exception.Message }
    }

    # In a shell: each SharpPcap that is loaded, with its version and the context that it is in.
    $loaded = '[AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -in "SharpPcap", "PacketDotNet", "MacSegmentation.Capture" }).ForEach({
        "$($_.GetName().Name) $($_.GetName().Version.Major) $([System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name)" }) | Sort-Object;'
}

Describe 'SharpPcap, which opens interfaces' {
    It 'is not loaded before an interface is asked for' {
        Invoke-Shell "`$null = Get-Command -Module MacSegmentation; $loaded 'end'" | Should -Be 'end'
    }

    It 'is loaded apart from PowerShell''s own context, once, however often the module is imported' {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }

        $lines = Invoke-Shell "
            `$null = Get-MacCaptureDevice
            Import-Module '$manifestPath' -Force
            Import-Module '$manifestPath' -Force
            `$null = Get-MacCaptureDevice
            $loaded
            [AppDomain]::CurrentDomain.GetAssemblies().Where({ `$_.GetName().Name -eq 'MacSegmentation.Dataplane' }).Count"
        $lines | Should -Be 'MacSegmentation.Capture 0 MacSegmentation.Capture', 'PacketDotNet 1 MacSegmentation.Capture', 'SharpPcap 6 MacSegmentation.Capture', '1'
    }

    It 'is not disturbed by an older one that another module has loaded' {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }

        # Add-Type gives an assembly that it compiles a name of its own.
        $older = Join-Path $TestDrive 'SharpPcap.dll'
        $builder = [System.Reflection.Emit.PersistedAssemblyBuilder]::new([System.Reflection.AssemblyName]'SharpPcap, Version=4.0.0.0', [object].Assembly)
        $null = $builder.DefineDynamicModule('SharpPcap').DefineType('SharpPcap.CaptureDeviceList', 'Public, Class').CreateType()
        $builder.Save($older)
        $lines = Invoke-Shell "
            Add-Type -Path '$older'
            [SharpPcap.CaptureDeviceList].Assembly.GetName().Version.Major
            @(Get-MacCaptureDevice).Count -gt 0
            $loaded"
        $lines | Should -Be '4', 'True', 'MacSegmentation.Capture 0 MacSegmentation.Capture', 'PacketDotNet 1 MacSegmentation.Capture', 'SharpPcap 4 Default', 'SharpPcap 6 MacSegmentation.Capture'
    }

    It 'is not even loaded where the native library is missing, which is said' {
        $hidden = @((Resolve-Path -Path '/usr/lib/libpcap.so*', '/usr/lib/*/libpcap.so*', '/usr/lib64/libpcap.so*', '/lib/*/libpcap.so*' -ErrorAction Ignore).Path.ForEach({
                    (Get-Item -LiteralPath $_).ResolvedTarget }) | Select-Object -Unique)
        if ($obstacle -or -not $IsLinux -or -not $hidden -or (id -u) -ne 0) {
            Set-ItResult -Skipped -Because "a library is hidden by root in a mount namespace of Linux, and there has to be one. $obstacle"
        }

        $mounts = $hidden.ForEach({ "mount --bind /dev/null '$_' && " }) -join ''
        $lines = Invoke-Shell -Through 'unshare', '--mount', 'sh', '-c', ($mounts + 'exec "$0" "$@"') -Script "
            try { Get-MacCaptureDevice -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId; `$_.Exception.Message }
            $loaded"
        $lines | Should -HaveCount 2
        $lines[0] | Should -BeLike 'PcapMissing,*'
        $lines[1] | Should -BeLike 'The packet capture library is not installed: none of libpcap.so, libpcap.so.0, libpcap.so.0.8, libpcap.so.1 could be loaded. Install the package *'
    }
}

Describe 'The notices of what others made' {
    It 'name every library that the module ships' {
        $notices = Get-Content -LiteralPath (Join-Path $RepositoryRoot 'THIRD-PARTY-NOTICES.md') -Raw
        $files = (Get-ChildItem -LiteralPath (Join-Path $RepositoryRoot 'bin') -Recurse -File -Include *.dll, *.so, *.dylib, *.a).Where({
                $_.Name -notlike 'MacSegmentation.*' -and $_.Name -ne 'macseg.dll' }).Name | Sort-Object -Unique
        $files | Should -Contain 'SharpPcap.dll'
        $files.Where({ $notices -notmatch "\b$([regex]::Escape($_))" }) | Should -BeNullOrEmpty
    }
}
