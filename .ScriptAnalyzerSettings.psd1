@{
    # Every rule that is on by default, but for these.
    ExcludeRules = @(
        # It takes what BeforeAll sets and It reads for unused: Pester's blocks are scopes of one another, which it does not know.
        'PSUseDeclaredVarsMoreThanAssignments'
        # Functions that make and remove things in tests ask nobody.
        'PSUseShouldProcessForStateChangingFunctions'
        # What examples write is for the eyes, and goes past every stream on purpose.
        'PSAvoidUsingWriteHost'
        # Join-Path reads better so.
        'PSAvoidUsingPositionalParameters'
        # Files are UTF-8 without a byte order mark, as PowerShell 7 reads them.
        'PSUseBOMForUnicodeEncodedFile'
        # Postgres is no plural.
        'PSUseSingularNouns'
        # Tests make secrets up.
        'PSAvoidUsingConvertToSecureStringWithPlainText'
        'PSAvoidUsingPlainTextForPassword'
    )
}
