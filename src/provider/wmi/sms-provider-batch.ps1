<#
.SYNOPSIS
Runs one batch of operations against the SMS Provider of a Configuration Manager site, and ends.

.DESCRIPTION
The offline servicing step (configmgr-offline-servicing) starts this script once for each batch. It takes no arguments.

Standard input: lines of JSON in UTF-8. The first has the batch and, for a provider on another host, the login; each line
after it has one operation.
Standard output: one line of JSON in ASCII for each operation, written when the operation has ended.

It calls the CIM cmdlets of Windows and nothing else: no console of Configuration Manager, no other module, no file, no
registry. No text of the batch is ever run as a command: each reaches a cmdlet as the value of a parameter.

Its shape is written down in docs/design.md, "The script of the WMI connection".
#>
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Where policy allows only the constrained language, everything below would fail with words that help nobody.
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    '{"stopped":"language-mode","failed":null}'
    exit 1
}

$invariant = [System.Globalization.CultureInfo]::InvariantCulture
$emptyArrays = @{ 'string[]' = [string[]]@(); 'boolean[]' = [bool[]]@(); 'sint32[]' = [int[]]@()
    'uint32[]' = [uint32[]]@(); 'datetime[]' = [datetime[]]@(); 'object[]' = [ciminstance[]]@() }

function Write-Line([string]$line) { [System.Console]::Out.WriteLine($line) }

# --- What comes in -----------------------------------------------------------------------------------------------

# The bytes themselves: the code page of the console must not come between. Line by line, because Windows PowerShell 5.1
# reads no JSON of more than two million characters at once.
function Read-Line {
    $utf8 = [System.Text.UTF8Encoding]::new($false, $true)
    $reader = [System.IO.StreamReader]::new([System.Console]::OpenStandardInput(), $utf8)
    while (-not $reader.EndOfStream) { Microsoft.PowerShell.Utility\ConvertFrom-Json -InputObject ($reader.ReadLine()) }
}

# A value comes as text with the CIM type before it, because WMI refuses a number of another type than the class has; an
# array as its elements with the type of the whole; an embedded object as its properties with its class.
function Read-Value($sent) {
    if ($sent -is [string]) {
        $type, $text = $sent -split ':', 2
        switch ($type) {
            'string' { return $text }
            'boolean' { return $text -ceq 'true' }
            'sint32' { return [System.Int32]::Parse($text, $invariant) }
            'uint32' { return [System.UInt32]::Parse($text, $invariant) }
            'datetime' { return [System.DateTime]::Parse($text, $invariant) }
            default { throw "There is no CIM type '$type'." }
        }
    }
    if ($sent.PSObject.Properties['class']) {
        return CimCmdlets\New-CimInstance -ClientOnly -Namespace $namespace -ClassName $sent.class -Property (Read-Property $sent.properties) -ErrorAction Stop
    }
    # A CIM array is a .NET array of one type. The comma keeps PowerShell from taking it apart on its way out.
    $elements = @(foreach ($element in $sent.elements) { Read-Value $element })
    if ($elements.Count -eq 0) { return , $emptyArrays[$sent.array] }
    return , ($elements -as $elements[0].GetType().MakeArrayType())
}

function Read-Property($properties) {
    $read = @{}
    foreach ($property in $properties.PSObject.Properties) { $read[$property.Name] = Read-Value $property.Value }
    return $read
}

# --- What goes out -----------------------------------------------------------------------------------------------

# Most texts need no escape, and the call of a script for each that does takes a hundred times as long.
function Format-Text([string]$text) {
    if ($text -cmatch '[^ !#-\[\]-~]') {
        $escape = { param($match) '\u{0:x4}' -f [int][char]$match.Value }
        $text = [System.Text.RegularExpressions.Regex]::Replace($text, '[^ !#-\[\]-~]', $escape)
    }
    return '"' + $text + '"'
}

function Format-Value($value) {
    if ($null -eq $value) { return 'null' }
    if ($value -is [string]) { return Format-Text $value }
    if ($value -is [bool]) { if ($value) { return 'true' } else { return 'false' } }
    if ($value -is [datetime]) {
        return Format-Text ($value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", $invariant))
    }
    if ($value -is [array]) { return '[' + (@(foreach ($element in $value) { Format-Value $element }) -join ',') + ']' }
    if ($value -is [hashtable]) { return '{' + (@(foreach ($name in $value.Keys) { Format-Member $name $value[$name] }) -join ',') + '}' }
    if ($value.PSObject.Properties['CimInstanceProperties']) { return Format-Instance $value @() }
    if ($value.GetType().IsPrimitive -and $value -isnot [char]) { return [System.Convert]::ToString($value, $invariant) }
    return Format-Text ([string]$value)
}

# With names: these properties alone. Without: all of them, and the class, which an embedded object is known by.
function Format-Instance($instance, [string[]]$names) {
    $members = @(
        if ($names.Count -eq 0) { Format-Member '__CLASS' $instance.CimSystemProperties.ClassName }
        foreach ($property in $instance.CimInstanceProperties) {
            if ($names.Count -eq 0 -or $names -contains $property.Name) { (Format-Text $property.Name) + ':' + (Format-Value $property.Value) }
        }
    )
    return '{' + ($members -join ',') + '}'
}

function Format-Member([string]$name, $value) { (Format-Text $name) + ':' + (Format-Value $value) }

# What a cmdlet says of a failure, the provider's own status (SMS_ExtendedStatus) with it, as far as there is one.
function Format-Failure($record) {
    $native = $record.Exception.PSObject.Properties['NativeErrorCode']
    $data = $record.Exception.PSObject.Properties['ErrorData']
    $members = @(
        '"words":' + (Format-Text $record.Exception.Message)
        '"id":' + (Format-Text $record.FullyQualifiedErrorId)
        '"native":' + $(if ($native) { Format-Text ([string]$native.Value) } else { 'null' })
        '"data":' + $(if ($data) { Format-Value $data.Value } else { 'null' })
    )
    return '{' + ($members -join ',') + '}'
}

function Stop-Batch([string]$where, [string]$failed) {
    Write-Line ('{"stopped":' + (Format-Text $where) + ',"failed":' + $failed + '}')
    [System.Environment]::Exit(1)
}

# --- The way to the provider -------------------------------------------------------------------------------------

# Ends this process when its time is up or when the step that started it is gone, even if a cmdlet hangs.
function Start-Watchdog([int]$parent, [int]$seconds) {
    $watchdog = [powershell]::Create()
    $watch = {
        param($parent, $seconds)
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $isAlone = $false
        while (-not $isAlone -and $clock.Elapsed.TotalSeconds -lt $seconds) {
            [System.Threading.Thread]::Sleep(500)
            try { $null = [System.Diagnostics.Process]::GetProcessById($parent) }
            catch [System.ArgumentException] { $isAlone = $true }
            catch { $isAlone = $false }
        }
        [System.Diagnostics.Process]::GetCurrentProcess().Kill()
    }
    $null = $watchdog.AddScript($watch).AddArgument($parent).AddArgument($seconds)
    $null = $watchdog.BeginInvoke()
}

function Open-Session([string]$computer) {
    $login = @{}
    $user = Read-Value $batch.user
    if ($user -ne '') {
        $password = [System.Security.SecureString]::new()
        foreach ($character in (Read-Value $batch.password).ToCharArray()) { $password.AppendChar($character) }
        $login['Credential'] = [System.Management.Automation.PSCredential]::new($user, $password)
    }
    $first = $null
    foreach ($protocol in $batch.protocols) {
        try {
            $option = @{ SessionOption = CimCmdlets\New-CimSessionOption -Protocol $protocol }
            $session = @{ CimSession = CimCmdlets\New-CimSession -ComputerName $computer @option @login @limits }
            return @{ Session = $session; Protocol = $protocol; Locations = @(Read-Location $session) }
        }
        catch {
            # A login that was refused is not tried again: that could lock the account. Nor is what WMI itself says no to.
            if ((Format-Failure $_) -match '"native":"AccessDenied"|HRESULT 0x(8004|8007(0005|052[EF]|053[0-3]|0569|0701|077[35])|8009030C|80338036)') { throw }
            if ($null -eq $first) { $first = $_ }
        }
    }
    throw $first
}

# Part of trying a protocol: a session can be opened, and the first request over it still fail.
function Read-Location($session) {
    if ($batch.namespace -ne '') { return }
    CimCmdlets\Get-CimInstance -Namespace 'root\SMS' -ClassName 'SMS_ProviderLocation' @session @limits
}

function Select-Location([object[]]$locations, [string]$computer) {
    $chosen = $null
    foreach ($location in $locations) {
        $properties = $location.CimInstanceProperties
        $isOfSite = $properties['SiteCode'].Value -eq $batch.siteCode
        if ($batch.siteCode -eq '') { $isOfSite = $properties['ProviderForLocalSite'].Value -eq $true }
        if (-not $isOfSite) { continue }
        # A site may have several providers: the one that was asked for, or is here, comes first.
        if ($null -eq $chosen -or (Test-SameHost $properties['Machine'].Value $computer)) { $chosen = $location }
    }
    return $chosen
}

function Test-SameHost([string]$one, [string]$other) {
    if ($other -eq '') { $other = [System.Net.Dns]::GetHostName() }
    return ($one -split '\.')[0] -eq ($other -split '\.')[0]
}

# The provider need not be on the host that was named: SMS_ProviderLocation there tells where it is.
function Find-Provider {
    $computer = $batch.computer
    for ($hop = 1; ; $hop++) {
        if ($computer -ne '') { $way = Open-Session $computer }
        else { $way = @{ Session = @{}; Protocol = ''; Locations = @(Read-Location @{}) } }
        if ($batch.namespace -ne '') { $namespace = $batch.namespace; break }
        $location = Select-Location $way.Locations $computer
        if ($null -eq $location) {
            $sites = @(foreach ($each in $way.Locations) { $each.CimInstanceProperties['SiteCode'].Value }) -join ', '
            Stop-Batch 'location' ('{"words":' + (Format-Text $sites) + ',"id":"","native":null,"data":null}')
        }
        $namespace = $location.CimInstanceProperties['NamespacePath'].Value -replace '^\\\\[^\\]+\\', ''
        $machine = $location.CimInstanceProperties['Machine'].Value
        if ($hop -eq 2 -or (Test-SameHost $machine $computer)) { break }
        $computer = $machine
    }
    return @{ Computer = $computer; Protocol = $way.Protocol; Namespace = $namespace; Session = $way.Session }
}

# --- The operations ----------------------------------------------------------------------------------------------

# An object that holds a key and nothing else; no request is made for it.
function Get-Reference([string]$class, $key) { CimCmdlets\New-CimInstance -ClientOnly -Namespace $namespace -ClassName $class -Property $key -Key @($key.Keys) -ErrorAction Stop }

# Read by its key, an object comes with its lazy properties, which no query fills.
function Read-Instance([string]$class, $key) { CimCmdlets\Get-CimInstance -InputObject (Get-Reference $class $key) @session @limits }

function Get-Class($operation) { CimCmdlets\Get-CimClass -Namespace $namespace -ClassName $operation.class @session @limits }

function Invoke-Method($operation) {
    $arguments = Read-Property $operation.arguments
    if (@($operation.optional).Count -gt 0) {
        $taken = @(foreach ($method in (Get-Class $operation).CimClassMethods) {
            if ($method.Name -eq $operation.method) { foreach ($parameter in $method.Parameters) { $parameter.Name } }
        })
        foreach ($name in @($operation.optional)) { if ($taken -notcontains $name) { $arguments.Remove($name) } }
    }
    $answer = CimCmdlets\Invoke-CimMethod -Namespace $namespace -ClassName $operation.class -MethodName $operation.method -Arguments $arguments @session @limits
    return '{' + (@(foreach ($property in $answer.PSObject.Properties) { Format-Member $property.Name $property.Value }) -join ',') + '}'
}

function Format-Class($class) {
    $properties = @(foreach ($property in $class.CimClassProperties) { @{ name = $property.Name; type = [string]$property.CimType } })
    $methods = @(foreach ($method in $class.CimClassMethods) {
        @{ name = $method.Name; static = @(foreach ($qualifier in $method.Qualifiers) { $qualifier.Name }) -contains 'static' }
    })
    return Format-Value @{ class = $class.CimClassName; properties = $properties; methods = $methods }
}

# Does one operation and returns its result as JSON.
function Invoke-Operation($operation) {
    switch ($operation.verb) {
        'query' {
            $rows = foreach ($text in $operation.texts) {
                $found = @(CimCmdlets\Get-CimInstance -Namespace $namespace -Query $text @session @limits | Microsoft.PowerShell.Utility\Select-Object -First $operation.most)
                foreach ($row in $found) {
                    $name = $operation.lazyPropertiesBy
                    if ($name -ne '') { $row = Read-Instance $operation.class @{ $name = $row.CimInstanceProperties[$name].Value } }
                    Format-Instance $row $operation.properties
                }
                if ($found.Count -eq $operation.most) { break }
            }
            return '[' + (@($rows) -join ',') + ']'
        }
        'get' { return Format-Value (Read-Instance $operation.class (Read-Property $operation.key)) }
        'create' { return Format-Value (CimCmdlets\New-CimInstance -Namespace $namespace -ClassName $operation.class -Property (Read-Property $operation.properties) @session @limits) }
        'update' { CimCmdlets\Set-CimInstance -InputObject (Read-Instance $operation.class (Read-Property $operation.key)) -Property (Read-Property $operation.properties) @session @limits }
        'delete' { CimCmdlets\Remove-CimInstance -InputObject (Get-Reference $operation.class (Read-Property $operation.key)) @session @limits }
        'invoke' { return Invoke-Method $operation }
        'describe' { return Format-Class (Get-Class $operation) }
        default { throw "There is no operation '$($operation.verb)'." }
    }
    return 'null'
}

# --- The batch ---------------------------------------------------------------------------------------------------

try {
    $batch, $operations = Read-Line
    Start-Watchdog $batch.parent $batch.batchSeconds
}
catch { Stop-Batch 'input' (Format-Failure $_) }

# Each call says by itself that an error ends it, and when its time is up.
$limits = @{ OperationTimeoutSec = [uint32]$batch.operationSeconds; ErrorAction = 'Stop' }
try { $provider = Find-Provider }
catch { Stop-Batch 'connect' (Format-Failure $_) }

$namespace = $provider.Namespace
$session = $provider.Session
Write-Line ('{"place":{"computer":' + (Format-Text $provider.Computer) + ',"protocol":' + (Format-Text $provider.Protocol) + ',"namespace":' + (Format-Text $namespace) + '}}')

$operations = @($operations)
for ($number = 0; $number -lt $operations.Count; $number++) {
    try { Write-Line ('{"number":' + $number + ',"done":' + (Invoke-Operation $operations[$number]) + '}') }
    catch {
        Write-Line ('{"number":' + $number + ',"failed":' + (Format-Failure $_) + '}')
        if ($batch.order -eq 'in-order') { break }
    }
}
[System.Environment]::Exit(0) # exit alone would wait until the watchdog has woken
