@{
    ModuleVersion     = '1.0.0'
    GUID              = '6a1b7a0e-6c53-4d0e-9b1d-3a4f0e6f5b10'
    Description       = 'For tests alone: the CIM cmdlets, answered by a simulated site in the process of the test.'
    PowerShellVersion = '5.1'
    RootModule        = 'CimCmdlets.psm1'
    FunctionsToExport = @(
        'Get-CimInstance', 'New-CimInstance', 'Set-CimInstance', 'Remove-CimInstance', 'Invoke-CimMethod', 'Get-CimClass',
        'New-CimSession', 'New-CimSessionOption'
    )
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
