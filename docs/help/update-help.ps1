<#
.SYNOPSIS
    Brings the help up to date: the pages' metadata, the outputs of their examples, and the file that Get-Help reads.

.DESCRIPTION
    The pages docs/en-US/<Verb-Noun>.md are the source. This script needs the module assembled (dotnet build) and
    Microsoft.PowerShell.PlatyPS 1.0.

    1. A cmdlet without a page gets one, with placeholders {{ Fill … }} to be filled by hand.
    2. Syntax and the metadata of parameters are brought up to date in every page.
    3. With -RunExamples, every example with a block `Output` is run, and the block is written anew.
    4. docs/maml/MacSegmentation.PowerShell.dll-Help.xml is made from the pages.

.EXAMPLE
    ./docs/help/update-help.ps1 -RunExamples
#>
[CmdletBinding()]
param([switch] $RunExamples)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot HelpExamples.ps1)
. (Join-Path $PSScriptRoot HelpFile.ps1)
Import-Module Microsoft.PowerShell.PlatyPS -RequiredVersion 1.0.3
$root = Resolve-Path (Join-Path $PSScriptRoot ../..)
$manifest = Join-Path $root MacSegmentation.psd1
$pages = Join-Path $root docs/en-US
$scratch = [IO.Directory]::CreateTempSubdirectory('macsegmentation-help-').FullName
try {
    # A copy without help: PlatyPS would add what Get-Help says of a parameter to what the page says.
    $module = New-Item -ItemType Directory (Join-Path $scratch module)
    Copy-Item $manifest $module
    Copy-Item (Join-Path $root bin) $module -Recurse
    Import-Module (Join-Path $module MacSegmentation.psd1)
    foreach ($cmdlet in Get-Command -Module MacSegmentation) {
        $page = Join-Path $pages "$($cmdlet.Name).md"
        if (-not (Test-Path $page)) {
            $null = New-MarkdownCommandHelp -CommandInfo $cmdlet -OutputFolder $scratch
            Copy-Item (Join-Path $scratch MacSegmentation "$($cmdlet.Name).md") $page
        }
        $before = [IO.File]::ReadAllText($page)
        $null = Update-MarkdownCommandHelp -Path $page -NoBackup
        # A page that says the same keeps its date; neither a byte order mark nor blank lines pile up.
        $after = [IO.File]::ReadAllText($page) -replace '\r' -replace '(?m)[ \t]+$' -replace '\n{3,}', "`n`n"
        # PlatyPS forgets the common parameters in some parameter sets.
        $after = [regex]::Replace($after, "(?ms)^(``````\n$($cmdlet.Name)\b.*?)(?: \[<CommonParameters>\])?\n``````$", "`$1 [<CommonParameters>]`n``````")
        $date = [regex] '(?m)^ms\.date: .*$'
        if ($date.IsMatch($before) -and $date.Replace($after, '') -ceq $date.Replace($before, '')) {
            $after = $before
        }
        [IO.File]::WriteAllText($page, $after)
    }

    $files = Get-ChildItem (Join-Path $pages *.md)
    if ($RunExamples) {
        $examples = $files | Get-HelpExample
        Invoke-HelpExample $examples -Manifest $manifest
        foreach ($page in $examples | Group-Object Path) {
            $text = [IO.File]::ReadAllText($page.Name)
            foreach ($block in $page.Group.Blocks | Where-Object Actual | Sort-Object Index -Descending) {
                if ((Get-ComparableOutput $block.Actual) -cne (Get-ComparableOutput $block.Output)) {
                    $text = $text.Remove($block.Index, $block.Length).Insert($block.Index, "$($block.Actual)`n")
                }
            }
            [IO.File]::WriteAllText($page.Name, $text)
        }
    }

    $help = Join-Path $root docs/maml/MacSegmentation.PowerShell.dll-Help.xml
    $null = New-Item -ItemType Directory (Split-Path $help) -Force
    [IO.File]::WriteAllText($help, (ConvertTo-HelpFile $files))
    $left = $files | Select-String '{{' -SimpleMatch
    if ($left) {
        Write-Warning "Placeholders are left: $($left.ForEach({ "$($_.Filename):$($_.LineNumber)" }) -join ', ')."
    }
}
finally {
    Remove-Module MacSegmentation -ErrorAction Ignore
    Remove-Item $scratch -Recurse -Force -ErrorAction Ignore
}
