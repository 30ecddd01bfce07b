<#
.SYNOPSIS
    The worked examples of the help pages: finds them, and runs them.

.DESCRIPTION
    In a page, an example's code stands in a block `powershell`. The block `Output` after it is what that code writes, so that it can be made
    and checked by a program. A block `text` is what was seen once on a real machine; code without either is shown only, and parsed.

    Every example begins with a store of its own that holds docs/examples/cameras-and-plc.json, in a folder of its own with a copy of that
    folder's files.
#>

. (Join-Path $PSScriptRoot ../../tests/PowerShell/Shell.ps1)

$exampleBlock = [regex] '(?ms)^```powershell\r?\n(?<code>.*?)^```\r?$(?<between>\s*?^```Output\r?\n)?(?(between)(?<output>.*?)^```\r?$)'
$exampleTitle = [regex] '(?m)^### Example (?<number>\d+)(?:: (?<title>.*?))?\r?$'

# The examples of a page: Page, Number, Title, and Blocks with Code, Output (null if none is to be checked) and the place of the output.
function Get-HelpExample {
    param([Parameter(Mandatory, ValueFromPipelineByPropertyName)] [Alias('FullName')] [string] $Path)
    process {
        $text = [IO.File]::ReadAllText($Path)
        $end = $text.IndexOf('## PARAMETERS')
        $titles = @($exampleTitle.Matches($text))
        for ($i = 0; $i -lt $titles.Count; $i++) {
            $next = $i + 1 -lt $titles.Count ? $titles[$i + 1].Index : $end
            $blocks = foreach ($match in $exampleBlock.Matches($text.Substring(0, $next), $titles[$i].Index)) {
                [pscustomobject]@{
                    Code   = $match.Groups['code'].Value.TrimEnd()
                    Output = $match.Groups['output'].Success ? $match.Groups['output'].Value.TrimEnd() : $null
                    Index  = $match.Groups['output'].Index
                    Length = $match.Groups['output'].Length
                }
            }
            [pscustomobject]@{
                Path   = $Path
                Cmdlet = [IO.Path]::GetFileNameWithoutExtension($Path)
                Number = [int] $titles[$i].Groups['number'].Value
                Title  = $titles[$i].Groups['title'].Value
                Blocks = @($blocks)
            }
        }
    }
}

# Runs what has an output, in a PowerShell of its own, because messages of -WhatIf go past every stream. Adds Actual to the blocks.
function Invoke-HelpExample {
    param([Parameter(Mandatory)] [object[]] $Example, [Parameter(Mandatory)] [string] $Manifest)

    # On Windows a shell writes in its console's encoding, which has no "…" unless it is UTF-8.
    $encoding = [Console]::OutputEncoding
    [Console]::OutputEncoding = [Text.UTF8Encoding]::new($false)
    $folder = [IO.Directory]::CreateTempSubdirectory('macsegmentation-help-').FullName
    try {
        $number = 0
        $run = for ($e = 0; $e -lt $Example.Count; $e++) {
            $blocks = $Example[$e].Blocks
            $last = [Array]::FindLastIndex([object[]] $blocks, [Predicate[object]] { $null -ne $args[0].Output })
            for ($i = 0; $i -le $last; $i++) {
                [pscustomobject]@{ Number = $number++; Example = $e; Code = $blocks[$i].Code; Block = $blocks[$i] }
            }
        }
        $run | Select-Object Number, Example, Code | ConvertTo-Json -AsArray | Set-Content (Join-Path $folder examples.json)
        $written = Invoke-ShellCommand '-NonInteractive', '-File', (Join-Path $PSScriptRoot run-examples.ps1), '-Manifest', $Manifest, '-Folder', $folder
        $parts = ($written -join "`n") -split '(?m)^#example (\d+)$\n?'
        for ($i = 1; $i -lt $parts.Count; $i += 2) {
            $actual = ($parts[$i + 1] -replace '(?m)[ \t]+$' -replace '\n{3,}', "`n`n").Trim("`n")
            $shown = $actual -replace "$([regex]::Escape($folder))[/\\]\d+(\S*)", { '/home/admin' + $_.Groups[1].Value.Replace('\', '/') }
            $run[[int] $parts[$i]].Block | Add-Member Actual $shown -Force
        }
    }
    finally {
        [Console]::OutputEncoding = $encoding
        Remove-Item $folder -Recurse -Force
    }
}

# Times and process ids are never the same twice.
function Get-ComparableOutput {
    param([AllowEmptyString()] [AllowNull()] [string] $Output)
    $Output -replace '\r' -replace '\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\dZ?', '<time>' -replace '\d{1,2}/\d{1,2}/\d{4}\s\d{1,2}:\d\d:\d\d(\s[AP]M)?(\s[+-]\d\d:\d\d)?', '<time>' `
        -replace 'pwsh/\d+', '<process>'
}
