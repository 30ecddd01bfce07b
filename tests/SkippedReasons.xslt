<?xml version="1.0" encoding="utf-8"?>
<!-- From a test run's results: a line for each reason for which tests were skipped, with their number. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:t="http://microsoft.com/schemas/VisualStudio/TeamTest/2010" exclude-result-prefixes="t">
  <xsl:output method="text" encoding="utf-8" />
  <xsl:key name="reason" match="t:UnitTestResult[@outcome='NotExecuted']" use="normalize-space(t:Output)" />
  <xsl:template match="/">
    <xsl:for-each select="//t:UnitTestResult[@outcome='NotExecuted'][generate-id() = generate-id(key('reason', normalize-space(t:Output))[1])]">
      <xsl:value-of select="concat('Skipped ', count(key('reason', normalize-space(t:Output))), ': ', normalize-space(t:Output), '&#10;')" />
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
