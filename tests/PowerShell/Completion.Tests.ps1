# What Tab asks, while somebody waits for the prompt.

BeforeAll {
    . $PSScriptRoot/Support.ps1
    Add-Type -TypeDefinition @'
        using System;
        using System.Reflection;
        using System.Threading;

        /// <summary>A store that takes questions and answers none, as one behind a lost network. It gives up after a time in which nobody would wait for a prompt.</summary>
        public class SilentStore : DispatchProxy
        {
            public static readonly ManualResetEventSlim Found = new();
            public static int Questions;

            protected override object Invoke(MethodInfo method, object[] arguments)
            {
                if (method.Name.StartsWith("Read", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref Questions);
                    Found.Wait(TimeSpan.FromSeconds(20));
                    throw new TimeoutException("nobody answers");
                }

                return null;
            }
        }
'@

    function Connect-SilentStore {
        $assembly = [MacSegmentation.Lifetime.ModuleLifetime].Assembly
        $create = [System.Reflection.DispatchProxy].GetMethods().Where({ $_.Name -eq 'Create' -and $_.GetGenericArguments().Count -eq 2 })[0]
        $store = $create.MakeGenericMethod([MacSegmentation.Stores.IMacStore], [SilentStore]).Invoke($null, @())
        $session = [Activator]::CreateInstance($assembly.GetType('MacSegmentation.Stores.SessionStore'), @($store, [MacSegmentation.Stores.MacStoreOptions]::new()))
        $assembly.GetType('MacSegmentation.Stores.SessionStores').GetMethod('Set').Invoke($null, @([runspace]::DefaultRunspace, $session))
    }

    function Disconnect-SilentStore {
        $null = [MacSegmentation.Lifetime.ModuleLifetime].Assembly.GetType('MacSegmentation.Stores.SessionStores').GetMethod('Disconnect').Invoke($null, @([runspace]::DefaultRunspace))
    }
}

AfterAll {
    [SilentStore]::Found.Set()
    Disconnect-SilentStore
}

Describe 'Completion' {
    It 'gives the prompt back when the store does not answer, asks it once, and goes on with one that does' {
        Connect-SilentStore
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        Complete-Line 'Get-MacVlan ' | Where-Object ResultType -EQ ParameterValue | Should -BeNullOrEmpty
        Complete-Line 'Get-MacInterface ' | Where-Object ResultType -EQ ParameterValue | Should -BeNullOrEmpty
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
        [SilentStore]::Questions | Should -Be 1

        [SilentStore]::Found.Set()
        Disconnect-SilentStore
        New-ExampleStore
        Wait-Until { (Complete-Line 'Get-MacVlan ').CompletionText -contains '10' }
    }

    It 'is quiet about a store that cannot be asked' {
        [SilentStore]::Found.Set()
        Connect-SilentStore
        $Error.Clear()
        Complete-Line 'Get-MacVlan ' | Where-Object ResultType -EQ ParameterValue | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
    }
}
