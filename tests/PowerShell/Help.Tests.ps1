# Every cmdlet has a page (docs/en-US) that says all and nothing wrong, and Get-Help shows it.
BeforeDiscovery {
    $root = Resolve-Path "$PSScriptRoot/../.."
    Import-Module "$root/MacSegmentation.psd1"
    . "$root/docs/help/HelpExamples.ps1"
    $cmdlets = Get-Command -Module MacSegmentation | ForEach-Object { @{ Name = $_.Name; Cmdlet = $_ } }
    $pages = Get-ChildItem "$root/docs/en-US/*.md" | ForEach-Object { @{ Name = $_.BaseName; Path = $_.FullName } }
    $examples = Get-ChildItem "$root/docs/en-US/*.md" | Get-HelpExample |
        ForEach-Object { @{ Name = $_.Cmdlet; Number = $_.Number; Title = $_.Title; Path = $_.Path } }
    $noPlatyPS = -not (Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS)
}

BeforeAll {
    $root = Resolve-Path "$PSScriptRoot/../.."
    Import-Module "$root/MacSegmentation.psd1"
    . "$root/docs/help/HelpExamples.ps1"
    $noPlatyPS = -not (Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS)
    $common = [Management.Automation.Cmdlet]::CommonParameters

    # Ours stand in the sources; the other is PowerShell's, for a text that is no value of a parameter.
    $errorIds = Get-ChildItem "$root/src" -Recurse -Filter *.cs | Where-Object FullName -NotMatch '[/\\]obj[/\\]' |
        Select-String '"([A-Z]\w+)"' -AllMatches | ForEach-Object { $_.Matches.ForEach({ $_.Groups[1].Value }) }
    $errorIds = [Collections.Generic.HashSet[string]] @($errorIds + 'ParameterArgumentTransformationError')

    function Get-Section([string] $Path, [string] $Heading) {
        $text = (Get-Content $Path -Raw) -replace '\r'
        $text -match ('(?ms)^## {0}$(?<body>.*?)(?=^## |\z)' -f $Heading) ? $Matches.body.Trim() : ''
    }
}

Describe 'The page of <Name>' -ForEach $cmdlets {
    BeforeAll {
        $path = "$root/docs/en-US/$Name.md"
        $parameters = $Cmdlet.Parameters.Keys.Where({ $_ -notin $common })
    }

    It 'exists' {
        $path | Should -Exist
    }

    It 'has no placeholder' {
        Get-Content $path -Raw | Should -Not -Match '\{\{'
    }

    It 'has a <_>' -ForEach 'SYNOPSIS', 'DESCRIPTION', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS' {
        Get-Section $path $_ | Should -Not -BeNullOrEmpty
    }

    It 'shows two worked examples or more, each with code' {
        $examples = @(Get-HelpExample $path)
        $examples.Count | Should -BeGreaterOrEqual 2
        $examples.Where({ -not $_.Title -or $_.Blocks.Count -eq 0 }) | Should -BeNullOrEmpty
    }

    It 'describes the parameters that the cmdlet has, and no others' {
        $section = Get-Section $path PARAMETERS
        $described = [regex]::Matches($section, '(?ms)^### -(\w+)\s+(.*?)^```yaml').Where({ $_.Groups[2].Value.Trim() })
        $described.ForEach({ $_.Groups[1].Value }) | Sort-Object | Should -Be @($parameters | Sort-Object)
    }

    It 'has the syntax that the cmdlet has' {
        $syntax = [regex]::Matches((Get-Section $path SYNTAX), '(?ms)^```\r?\n(.*?)^```').ForEach({ $_.Groups[1].Value -replace '\s+', ' ' })
        $actual = (Get-Command $Name -Syntax) -split '\n' | ForEach-Object Trim | Where-Object { $_ }
        $syntax.ForEach({ $_.Trim() }) | Sort-Object | Should -Be @($actual | Sort-Object)
    }

    It 'names errors by ids that exist' {
        $named = [regex]::Matches((Get-Section $path NOTES), '(?m)^- (?:`(\w+)`(?:, )?)+').ForEach({ $_.Groups[1].Captures.Value })
        $named.Where({ $_ -notin $errorIds }) | Should -BeNullOrEmpty
    }

    It 'links to pages that exist' {
        $links = [regex]::Matches((Get-Section $path 'RELATED LINKS'), '\]\((.+?)\)')
        $links.Count | Should -BeGreaterThan 0
        $links.ForEach({ $_.Groups[1].Value }).Where({ -not (Test-Path "$root/docs/en-US/$_") }) | Should -BeNullOrEmpty
    }
}

Describe 'The call <Call> of the address interface' -ForEach @(
    @{ Call = 'create_vlan'; Name = 'New-MacVlan' }
    @{ Call = 'allocate_mac'; Name = 'New-MacAllocation' }
    @{ Call = 'release_mac'; Name = 'Remove-MacAllocation' }
    @{ Call = 'add_policy'; Name = 'Add-MacPolicy' }
    @{ Call = 'remove_policy'; Name = 'Remove-MacPolicy' }
    @{ Call = 'get_policies'; Name = 'Get-MacPolicy' }
) {
    It 'is named in the synopsis of <Name> and in the overview' {
        (Get-Help $Name).Synopsis | Should -Match "\b$Call\b"
        Get-Content "$root/docs/about_MacSegmentation.help.txt" -Raw | Should -Match "(?m)^ +$Call +$Name\r?$"
    }
}

Describe 'The page <Name>.md' -ForEach $pages {
    It 'is that of a cmdlet' {
        Get-Command $Name -Module MacSegmentation -ErrorAction Ignore | Should -Not -BeNullOrEmpty
    }
}

# PlatyPS' schema 2024-05-01, as its reader and its Test-MarkdownCommandHelp take it: they are not everywhere, so the rules stand here.
Describe 'The form of <Name>.md' -ForEach $pages {
    BeforeAll {
        $text = (Get-Content $Path -Raw) -replace '\r'
        $isPage = $text -match '(?s)\A---\n(?<front>.*?)\n---\n\n# (?<title>[^\n]+)\n(?<body>.*)\z'
        $front = [ordered] @{}
        ($Matches.front -split '\n').ForEach({ $key, $value = $_ -split ': ', 2; $front[$key] = $value })
        $title = $Matches.title
        # A heading inside an example's code is none.
        $plain = $Matches.body -replace '(?ms)^```.*?^```$'
        $cmdlet = Get-Command $Name -Module MacSegmentation
    }

    It 'begins with the metadata and the title' {
        $isPage | Should -BeTrue
        $title | Should -BeExactly $Name
        @($front.Keys) | Should -BeExactly 'document type', 'external help file', 'HelpUri', 'Locale', 'Module Name', 'ms.date', 'PlatyPS schema version', 'title'
        $front['document type'], $front['external help file'], $front.HelpUri, $front.Locale, $front['Module Name'], $front['PlatyPS schema version'], $front.title |
            Should -BeExactly 'cmdlet', 'MacSegmentation.PowerShell.dll-Help.xml', "''", 'en-US', 'MacSegmentation', '2024-05-01', $Name
        { [datetime]::ParseExact($front['ms.date'], 'MM/dd/yyyy', [cultureinfo]::InvariantCulture) } | Should -Not -Throw
    }

    It 'has the sections in order, each once' {
        [regex]::Matches($plain, '(?m)^##? (.+)$').ForEach({ $_.Groups[1].Value }) |
            Should -BeExactly 'SYNOPSIS', 'SYNTAX', 'ALIASES', 'DESCRIPTION', 'EXAMPLES', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS'
    }

    It 'names the parameter sets under SYNTAX, and says which is the default' {
        $sets = $cmdlet.ParameterSets.ForEach({ $_.Name + ($_.IsDefault -and $_.Name -ne '__AllParameterSets' ? ' (Default)' : '') })
        [regex]::Matches((Get-Section $Path SYNTAX), '(?m)^### (.+)$').ForEach({ $_.Groups[1].Value }) | Sort-Object | Should -BeExactly @($sets | Sort-Object)
    }

    It 'numbers its examples from 1' {
        $headings = [regex]::Matches(((Get-Section $Path EXAMPLES) -replace '(?ms)^```.*?^```$'), '(?m)^### (.+)$').ForEach({ $_.Groups[1].Value })
        $headings -replace '^(Example \d+: )\S.*', '$1' | Should -BeExactly @((1..$headings.Count).ForEach({ "Example ${_}: " }))
    }

    It 'has the metadata of every parameter, as the cmdlet has it' {
        $section = Get-Section $Path PARAMETERS
        $section | Should -Match '(?m)^### CommonParameters\n\n\S'
        $described = [regex]::Matches($section, '(?ms)^### -(?<name>\w+)\n(?<text>.*?)^```yaml\n(?<yaml>.*?)^```$')
        foreach ($match in $described) {
            $name = $match.Groups['name'].Value
            $yaml = $match.Groups['yaml'].Value
            $parameter = $cmdlet.Parameters[$name]
            [regex]::Matches($yaml, '(?m)^(\w+):').ForEach({ $_.Groups[1].Value }) |
                Should -BeExactly 'Type', 'DefaultValue', 'SupportsWildcards', 'Aliases', 'ParameterSets', 'DontShow', 'AcceptedValues', 'HelpMessage' -Because "-$name has these"
            $yaml | Should -Match '(?m)^SupportsWildcards: (true|false)$'
            $yaml | Should -Match "(?m)^DontShow: $(("$($parameter.Attributes.DontShow -contains $true)").ToLowerInvariant())$"
            [regex]::Match($yaml, '(?ms)^Aliases:(?<list>.*?)^ParameterSets:').Groups['list'].Value -split '\n' -match '^- ' -replace '^- ' | Sort-Object |
                Should -BeExactly @($parameter.Aliases | Sort-Object) -Because "-$name has these aliases"

            $written = [regex]::Matches($yaml, '(?m)^- Name: (.+)\n  Position: (.+)\n  IsRequired: (.+)\n  ValueFromPipeline: (.+)\n  ValueFromPipelineByPropertyName: (.+)\n  ValueFromRemainingArguments: (.+)$').ForEach({
                    $_.Groups.Value[1..6] -join ' ' })
            $actual = $parameter.ParameterSets.GetEnumerator().ForEach({
                    $set = $_.Value
                    ($_.Key -eq '__AllParameterSets' ? '(All)' : $_.Key), ($set.Position -lt 0 ? 'Named' : $set.Position), $set.IsMandatory, $set.ValueFromPipeline,
                    $set.ValueFromPipelineByPropertyName, $set.ValueFromRemainingArguments -join ' ' })
            $written | Sort-Object | Should -Be @($actual | Sort-Object) -Because "-$name is so in these parameter sets"
        }
    }

    It 'names types under INPUTS and OUTPUTS' {
        foreach ($section in 'INPUTS', 'OUTPUTS') {
            $types = [regex]::Matches((Get-Section $Path $section), '(?m)^### (.+)$').ForEach({ $_.Groups[1].Value })
            $types | Should -Not -BeNullOrEmpty
            $types.Where({ $_ -notmatch '^[\w.`]+(\[.*\])?$' }) | Should -BeNullOrEmpty
        }
    }

    It 'links under RELATED LINKS in a list' {
        (Get-Section $Path 'RELATED LINKS') -split '\n' | Where-Object { $_ } | Should -Match '^- \[[^\]]+\]\([^)]+\)$'
    }

    It 'is valid for PlatyPS' {
        if ($noPlatyPS) {
            Set-ItResult -Skipped -Because 'the module Microsoft.PowerShell.PlatyPS is not installed'
            return
        }
        Import-Module Microsoft.PowerShell.PlatyPS
        (Test-MarkdownCommandHelp -Path $Path -DetailView).Messages -match '^FAIL' | Should -BeNullOrEmpty
    }
}

Describe 'Example <Number> of <Name>: <Title>' -ForEach $examples {
    BeforeAll {
        $code = (Get-HelpExample $Path).Where({ $_.Number -eq $Number }).Blocks.Code -join "`n"
    }

    It 'parses' {
        $errors = $null
        $null = [Management.Automation.Language.Parser]::ParseInput($code, [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
    }

    It 'uses the cmdlet' {
        $code | Should -Match "\b$Name\b"
    }

    It 'names cmdlets and parameters of this module as they are' {
        $ast = [Management.Automation.Language.Parser]::ParseInput($code, [ref] $null, [ref] $null)
        $commands = $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
        $wrong = foreach ($command in $commands | Where-Object { $_.GetCommandName() -match '^\w+-Mac' }) {
            $cmdlet = Get-Command $command.GetCommandName() -Module MacSegmentation -ErrorAction Ignore
            if (-not $cmdlet) {
                $command.GetCommandName()
                continue
            }
            foreach ($parameter in $command.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] }) {
                if ($parameter.ParameterName -notin $cmdlet.Parameters.Keys) {
                    "$($cmdlet.Name) -$($parameter.ParameterName)"
                }
            }
        }
        $wrong | Should -BeNullOrEmpty
    }
}

Describe 'The outputs of the examples' {
    BeforeAll {
        $examples = @(Get-ChildItem "$root/docs/en-US/*.md" | Get-HelpExample)
        Invoke-HelpExample $examples -Manifest "$root/MacSegmentation.psd1"
    }

    It 'are what the code of <Name> writes' -ForEach $pages {
        $blocks = $examples.Where({ $_.Path -eq $Path }).Blocks.Where({ $null -ne $_.Output })
        foreach ($block in $blocks) {
            Get-ComparableOutput $block.Actual | Should -BeExactly (Get-ComparableOutput $block.Output) -Because "this is written by: $($block.Code)"
        }
    }

    It 'are shown for at least one example of each cmdlet that works without a network' {
        $examples.Blocks.Where({ $null -ne $_.Output }).Count | Should -BeGreaterThan 40
    }
}

Describe 'Get-Help <Name>' -ForEach $cmdlets {
    BeforeAll {
        $help = Get-Help $Name -Full
        $parameters = $Cmdlet.Parameters.Keys.Where({ $_ -notin $common })
    }

    It 'shows the synopsis and the description of the page' {
        $help.Synopsis | Should -Be ((Get-Section "$root/docs/en-US/$Name.md" SYNOPSIS) -replace '`')
        ($help.Description | Out-String).Trim() | Should -Not -BeNullOrEmpty
    }

    It 'shows two examples or more, with their code' {
        $shown = @($help.examples.example)
        $shown.Count | Should -BeGreaterOrEqual 2
        $shown.Where({ $_.code -notmatch [regex]::Escape($Name) -or $_.code -match '```' }) | Should -BeNullOrEmpty
    }

    It 'shows a description of every parameter' {
        $shown = @{}
        $help.parameters.parameter.ForEach({ $shown[$_.name] = ($_.description.Text -join '').Trim() })
        $silent = $parameters.Where({ -not $shown[$_] })
        $silent | Should -BeNullOrEmpty
    }
}

Describe 'What Get-Help shows of <Name>' -ForEach $cmdlets {
    It 'is plain text' {
        $help = Get-Help $Name -Full
        $texts = @($help.Synopsis) + @($help.Description.Text) + @($help.parameters.parameter.description.Text) + @($help.alertSet.alert.Text) +
            @($help.inputTypes.inputType.description.Text) + @($help.returnValues.returnValue.description.Text) + @($help.examples.example.introduction.Text)
        $texts.Where({ $_ -match '`|\*\*|\]\(|^#' }) | Should -BeNullOrEmpty
    }

    It 'lists all values of a parameter that has few' {
        foreach ($parameter in $Cmdlet.Parameters.Values.Where({ $_.Name -notin $common })) {
            $type = $parameter.ParameterType.IsArray ? $parameter.ParameterType.GetElementType() : ([Nullable]::GetUnderlyingType($parameter.ParameterType) ?? $parameter.ParameterType)
            if ($type.IsEnum) {
                $text = (Get-Help $Name -Parameter $parameter.Name).description.Text -join ' '
                [enum]::GetNames($type).Where({ $text -notmatch "\b$_\b" }) | Should -BeNullOrEmpty -Because "-$($parameter.Name)"
            }
        }
    }
}

Describe 'The help file' {
    It 'is made from the pages (needs Microsoft.PowerShell.PlatyPS)' -Skip:$noPlatyPS {
        Import-Module Microsoft.PowerShell.PlatyPS
        . "$root/docs/help/HelpFile.ps1"
        $made = ConvertTo-HelpFile (Get-ChildItem "$root/docs/en-US/*.md")
        $committed = (Get-Content "$root/docs/maml/MacSegmentation.PowerShell.dll-Help.xml" -Raw) -replace '\r'
        $made | Should -BeExactly $committed -Because 'docs/help/update-help.ps1 makes it'
    }

    It 'lies where Get-Help looks for it, as it was committed' {
        (Get-FileHash "$root/en-US/MacSegmentation.PowerShell.dll-Help.xml").Hash |
            Should -Be (Get-FileHash "$root/docs/maml/MacSegmentation.PowerShell.dll-Help.xml").Hash -Because 'dotnet build copies it'
    }
}

Describe 'about_MacSegmentation' {
    It 'is found' {
        Get-Help about_MacSegmentation | Out-String | Should -Match 'shared store'
    }

    It 'names cmdlets that exist' {
        $named = [regex]::Matches((Get-Content "$root/docs/about_MacSegmentation.help.txt" -Raw), '\b[A-Z][a-z]+-Mac\w+').Value | Select-Object -Unique
        $named.Where({ -not (Get-Command $_ -Module MacSegmentation -ErrorAction Ignore) }) | Should -BeNullOrEmpty
    }
}
