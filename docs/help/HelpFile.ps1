# Makes the file that Get-Help reads from pages: the text of MacSegmentation.PowerShell.dll-Help.xml. Needs PlatyPS.
function ConvertTo-HelpFile {
    param([Parameter(Mandatory)] [IO.FileInfo[]] $Page)

    $folder = [IO.Directory]::CreateTempSubdirectory('macsegmentation-help-').FullName
    try {
        $null = Import-MarkdownCommandHelp -Path $Page.FullName | Export-MamlCommandHelp -OutputFolder $folder -Force
        $help = [xml]::new()
        $help.PreserveWhitespace = $true
        $help.Load((Get-ChildItem $folder -Recurse -Filter *-Help.xml).FullName)
    }
    finally {
        Remove-Item $folder -Recurse -Force
    }

    $names = [Xml.XmlNamespaceManager]::new($help.NameTable)
    $names.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
    $names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')
    $names.AddNamespace('dev', 'http://schemas.microsoft.com/maml/dev/2004/10')

    # PlatyPS leaves an example in one piece, fences included. Get-Help shows an introduction and, as it stands, the code: here with its output.
    foreach ($example in $help.SelectNodes('//command:example', $names)) {
        $introduction = $example.SelectSingleNode('maml:introduction', $names)
        $paragraphs = @($introduction.SelectNodes('maml:para', $names))
        $text = $paragraphs.InnerText.Where({ $_ -ne [char] 0x80 }) -replace '\r' -join "`n`n"
        $start = $text.IndexOf('```')
        $example.SelectSingleNode('dev:code', $names).InnerText = ($text.Substring($start) -replace '(?m)^```\w*\n?').Trim()
        $paragraphs | Select-Object -Skip 1 | ForEach-Object { $null = $introduction.RemoveChild($_) }
        # Get-Help would go on with the code in the same line.
        $paragraphs[0].InnerText = $start -gt 0 ? $text.Substring(0, $start).Trim() + "`n`n" : ''
        $title = $example.SelectSingleNode('maml:title', $names)
        $title.InnerText = $title.InnerText.Trim('-', ' ')
    }

    # What is markup in a page becomes what a terminal can show.
    foreach ($paragraph in $help.SelectNodes('//maml:para', $names)) {
        $paragraph.InnerText = $paragraph.InnerText.Replace('`', '') -replace '\r' -replace '\[([^\]]+)\]\([^)]+\)', '$1' -replace '\*\*([^*]+)\*\*', '$1'
    }
    foreach ($type in $help.SelectNodes('//command:parameterValue | //dev:type/maml:name', $names)) {
        $type.InnerText = $type.InnerText -replace '^System\.Nullable`1\[(.+)\]$', '$1'
    }

    # Links lead to other pages of this help; Get-Help finds them by name.
    foreach ($link in @($help.SelectNodes('//maml:navigationLink', $names))) {
        $address = $link.SelectSingleNode('maml:uri', $names)
        if ($link.SelectSingleNode('maml:linkText', $names).InnerText -eq 'Online Version' -and -not $address.InnerText) {
            $null = $link.ParentNode.RemoveChild($link)
        }
        elseif ($address.InnerText -like '*.md') {
            $address.InnerText = ''
        }
    }
    ($help.OuterXml -replace '\r' -replace '(?m)[ \t]+$' -replace '\n{3,}', "`n`n").TrimEnd() + "`n"
}
