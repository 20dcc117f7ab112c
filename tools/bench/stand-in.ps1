<#
What the CIM cmdlets of the tests cost by themselves, beside the script of the product: one schedule, a link to each
update, and a list of the updates, with nothing around the calls. Standard input: the namespace, the schedule token
of a draft, then the CI_IDs, a line each. Standard output: a line of JSON, in milliseconds.
#>
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$namespace, $token, $ids = @([System.Console]::In.ReadToEnd() -split "`r?`n" | Where-Object { $_ -ne '' })
$at = @{ Namespace = $namespace; OperationTimeoutSec = [uint32]60; ErrorAction = 'Stop' }
$clock = [System.Diagnostics.Stopwatch]::StartNew()
Import-Module CimCmdlets
$load = $clock.Elapsed.TotalMilliseconds

$draft = @{
    Action = 0; Schedule = $token; UpdateDP = $false; ContinueOnError = $false
    Name = 'stand-in'; Description = 'stand-in'
}
$schedule = CimCmdlets\New-CimInstance -ClassName 'SMS_ImageServicingSchedule' -Property $draft @at
$key = [int]$schedule.CimInstanceProperties['ScheduleID'].Value

$clock.Restart()
foreach ($id in $ids) {
    $link = @{ ScheduleID = $key; UpdateID = [int]$id }
    $null = CimCmdlets\New-CimInstance -ClassName 'SMS_ImageServicingScheduledUpdate' -Property $link @at
}
$creates = $clock.Elapsed.TotalMilliseconds

$clock.Restart()
for ($from = 0; $from -lt $ids.Count; $from += 50) {
    $terms = foreach ($id in $ids[$from..([Math]::Min($from + 49, $ids.Count - 1))]) { "CI_ID = $id" }
    $query = 'SELECT CI_ID, ArticleID, LocalizedDisplayName, IsExpired, IsSuperseded, IsOfflineServiceable, IsContentProvisioned ' +
        'FROM SMS_SoftwareUpdate WHERE (' + ($terms -join ' OR ') + ')'
    $null = @(CimCmdlets\Get-CimInstance -Query $query @at)
}
$rows = $clock.Elapsed.TotalMilliseconds

$invariant = [System.Globalization.CultureInfo]::InvariantCulture
[System.Console]::Out.WriteLine([string]::Format($invariant, '{{"load":{0},"creates":{1},"rows":{2}}}', $load, $creates, $rows))
