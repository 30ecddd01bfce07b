<#
.SYNOPSIS
Builds, tests or packages the module.

.DESCRIPTION
Build    dotnet build; the module can then be imported from this folder: Import-Module ./MacSegmentation.psd1
Test     dotnet test: every test, the Pester suite included.
Package  the module as a folder artifacts/MacSegmentation/<version>, and as a zip; either goes into a folder of $env:PSModulePath.
Help     the help: runs the examples of docs/en-US, and makes from the pages what Get-Help shows. Needs Microsoft.PowerShell.PlatyPS.

.EXAMPLE
./build.ps1 -Task Package
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package', 'Help')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = $Task -eq 'Package' ? 'Release' : 'Debug'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

switch ($Task) {
    'Build' {
        dotnet build $PSScriptRoot --configuration $Configuration
    }
    'Test' {
        dotnet test $PSScriptRoot --configuration $Configuration
    }
    'Package' {
        $version = (Import-PowerShellDataFile "$PSScriptRoot/MacSegmentation.psd1").ModuleVersion
        $module = Join-Path $PSScriptRoot 'artifacts' 'MacSegmentation'
        $package = Join-Path $module $version
        $zip = "$module-$version.zip"
        Remove-Item -LiteralPath $module, $zip -Recurse -Force -ErrorAction Ignore
        $null = New-Item -ItemType Directory -Path $package

        dotnet build "$PSScriptRoot/src/MacSegmentation.PowerShell" --configuration $Configuration "-p:ModuleRoot=$package/"
        Copy-Item -LiteralPath "$PSScriptRoot/MacSegmentation.psd1", "$PSScriptRoot/LICENSE", "$PSScriptRoot/THIRD-PARTY-NOTICES.md" -Destination $package
        $null = Test-ModuleManifest -Path (Join-Path $package 'MacSegmentation.psd1')
        [System.IO.Compression.ZipFile]::CreateFromDirectory($module, $zip, 'Optimal', $true)
        Get-Item -LiteralPath $package, $zip
    }
    'Help' {
        # Twice: examples are run with the present cmdlets, and the build lays the new help where Get-Help looks.
        dotnet build "$PSScriptRoot/src/MacSegmentation.PowerShell" --configuration $Configuration
        & "$PSScriptRoot/docs/help/update-help.ps1" -RunExamples
        dotnet build "$PSScriptRoot/src/MacSegmentation.PowerShell" --configuration $Configuration
    }
}
