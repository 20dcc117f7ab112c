<#
For tests alone. The CIM cmdlets by their names, parameter sets and errors, answered by the simulated site in the process
of the test (test/simulated-wmi/simulated-wmi.ts). Of the parameters and sets of the real ones it has those that the
product may use: another one is an error here. Objects have the members of CimInstance that the product reads, because
a real one cannot be made on every system.
#>
Set-StrictMode -Version 2.0

class CimException : System.Exception {
    [object]$NativeErrorCode
    [object]$ErrorData
    [string]$MessageId
    CimException([string]$words) : base($words) { }
}

$script:invariant = [System.Globalization.CultureInfo]::InvariantCulture
$port, $secret = $env:SIMULATED_WMI -split ':', 2
$script:client = [System.Net.Sockets.TcpClient]::new('127.0.0.1', [int]$port)
$script:client.NoDelay = $true
$utf8 = [System.Text.UTF8Encoding]::new($false)
$script:reader = [System.IO.StreamReader]::new($script:client.GetStream(), $utf8)
$script:writer = [System.IO.StreamWriter]::new($script:client.GetStream(), $utf8)
$script:writer.AutoFlush = $true
$script:writer.NewLine = "`n"
$script:writer.WriteLine($secret)

# --- The line to the site ----------------------------------------------------------------------------------------

# Asks, and returns what the first line of the answer holds; a failure becomes the error of the calling cmdlet.
function Request-Site($cmdlet, [string]$command, [hashtable]$request) {
    $script:writer.WriteLine((ConvertTo-Json -InputObject $request -Compress -Depth 20))
    $line = $script:reader.ReadLine()
    # The test has ended, or lets this process end.
    if ($null -eq $line -or $line -eq '"die"') { [System.Diagnostics.Process]::GetCurrentProcess().Kill(); Start-Sleep 10 }
    $answer = ConvertFrom-Json -InputObject $line
    if ($answer.PSObject.Properties['failure']) { Write-Failure $cmdlet $command $answer.failure; return $null }
    return $answer
}

function Write-Failure($cmdlet, [string]$command, $failure) {
    $exception = [CimException]::new($failure.message)
    $exception.NativeErrorCode = $failure.native
    $exception.MessageId = 'HRESULT ' + $failure.hresult
    if ($null -ne $failure.data) { $exception.ErrorData = ConvertTo-Instance $failure.data }
    $id = $exception.MessageId + ',Microsoft.Management.Infrastructure.CimCmdlets.' + $command
    $record = [System.Management.Automation.ErrorRecord]::new($exception, $id, 'NotSpecified', $null)
    # Thrown, the ID stays as it is; written, PowerShell adds the name of this function.
    if ($cmdlet.MyInvocation.BoundParameters['ErrorAction'] -eq 'Stop') { throw $record }
    $cmdlet.WriteError($record)
}

function Read-Instances($answer) {
    for ($number = 0; $number -lt $answer.rows; $number++) {
        ConvertTo-Instance (ConvertFrom-Json -InputObject $script:reader.ReadLine())
    }
}

# --- Instances ---------------------------------------------------------------------------------------------------

function New-Property([string]$name, $value, [string]$type, [bool]$isKey) {
    $property = [pscustomobject]@{ Name = $name; Value = $value; CimType = $type; IsValueModified = $false; Flags = 'Property' }
    if ($isKey) { $property.Flags = 'Property, Key' }
    return $property
}

# The properties by name and one after the other, as CimInstanceProperties has them.
class CimProperties : System.Collections.ObjectModel.KeyedCollection[string, object] {
    CimProperties() : base([System.StringComparer]::OrdinalIgnoreCase) { }
    [string] GetKeyForItem([object]$property) { return $property.Name }
}

# A type of its own, so that an array of instances has one as well: MI takes no array of objects of any type.
class SimulatedInstance {
    [object]$CimInstanceProperties
    [object]$CimSystemProperties
}

function New-Instance([string]$class, [string]$namespace, $properties) {
    $all = [CimProperties]::new()
    foreach ($property in $properties) { $all.Add($property) }
    $instance = [SimulatedInstance]::new()
    $instance.CimInstanceProperties = $all
    $instance.CimSystemProperties = [pscustomobject]@{ ClassName = $class; Namespace = $namespace; ServerName = 'SIMULATED' }
    return $instance
}

function ConvertTo-Instance($text) {
    $properties = foreach ($property in $text.properties) {
        # What is embedded in another object has no key of its own.
        $isKey = $null -ne $property.PSObject.Properties['key'] -and $property.key
        New-Property $property.name (ConvertTo-Value $property.type $property.value) $property.type $isKey
    }
    return New-Instance $text.class $text.namespace @($properties)
}

function ConvertTo-Value([string]$type, $value) {
    if ($null -eq $value) { return $null }
    switch ($type) {
        'String' { return $value.Substring(1) }
        'Boolean' { return [bool]$value }
        'SInt32' { return [int]$value }
        'UInt32' { return [uint32]$value }
        'SInt64' { return [long]$value }
        'DateTime' {
            if ($value -isnot [datetime]) {
                $value = [datetime]::Parse($value, $script:invariant, [System.Globalization.DateTimeStyles]::RoundtripKind)
            }
            return $value.ToLocalTime()
        }
        'Instance' { return ConvertTo-Instance $value }
        'BooleanArray' { return , [bool[]]@(foreach ($one in $value) { ConvertTo-Value 'Boolean' $one }) }
        'SInt32Array' { return , [int[]]@(foreach ($one in $value) { ConvertTo-Value 'SInt32' $one }) }
        'DateTimeArray' { return , [datetime[]]@(foreach ($one in $value) { ConvertTo-Value 'DateTime' $one }) }
        'StringArray' { return , [string[]]@(foreach ($one in $value) { ConvertTo-Value 'String' $one }) }
        'UInt32Array' { return , [uint32[]]@(foreach ($one in $value) { ConvertTo-Value 'UInt32' $one }) }
        'InstanceArray' { return , [SimulatedInstance[]]@(foreach ($one in $value) { ConvertTo-Instance $one }) }
        default { throw "The module knows no type '$type'." }
    }
}

function Get-TypeName($value) {
    if ($null -eq $value) { return 'String' }
    switch ($value.GetType().FullName) {
        'System.String' { return 'String' }
        'System.Boolean' { return 'Boolean' }
        'System.Int32' { return 'SInt32' }
        'System.UInt32' { return 'UInt32' }
        'System.Int64' { return 'SInt64' }
        'System.DateTime' { return 'DateTime' }
        'System.String[]' { return 'StringArray' }
        'System.Boolean[]' { return 'BooleanArray' }
        'System.Int32[]' { return 'SInt32Array' }
        'System.UInt32[]' { return 'UInt32Array' }
        'System.DateTime[]' { return 'DateTimeArray' }
        'SimulatedInstance' { return 'Instance' }
        'SimulatedInstance[]' { return 'InstanceArray' }
        # Without elements it can be an array of the real type.
        'Microsoft.Management.Infrastructure.CimInstance[]' { return 'InstanceArray' }
        default { throw [System.ArgumentException]::new("MI knows no value of the type $_.") }
    }
}

# A value for the line: text as base64, because a text may hold what UTF-8 cannot carry.
function ConvertTo-Sent([string]$name, $value, [bool]$isKey, [bool]$isModified) {
    if ($value -is [System.Management.Automation.PSObject]) { $value = $value.PSObject.BaseObject }
    $text = foreach ($one in $value) {
        if ($one -is [string]) { [System.Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($one)) }
        elseif ($one -is [datetime]) { $one.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", $script:invariant) }
        elseif ($one -is [SimulatedInstance]) {
            $inner = foreach ($property in $one.CimInstanceProperties) { ConvertTo-Sent $property.Name $property.Value $false $true }
            @{ class = $one.CimSystemProperties.ClassName; properties = @($inner) }
        }
        else { [System.Convert]::ToString($one, $script:invariant) }
    }
    if ($value -is [array]) { $text = @($text) }
    return @{ name = $name; type = (Get-TypeName $value); value = $text; key = $isKey; modified = $isModified }
}

function ConvertTo-SentAll($table) {
    $all = foreach ($name in $table.Keys) { ConvertTo-Sent $name $table[$name] $false $true }
    return , @($all)
}

# The key of an instance: of one made by -ClientOnly that what -Key named, of another one that of its class.
function Get-SentKey($instance) {
    $keys = @($instance.CimInstanceProperties | Where-Object { $_.Flags -match 'Key' })
    return , @(foreach ($property in $keys) { ConvertTo-Sent $property.Name $property.Value $true $false })
}

# --- What each call has ------------------------------------------------------------------------------------------

function New-Request([string]$verb, [string]$namespace, $session, [uint32]$timeout, [hashtable]$more) {
    if ($namespace -eq '') { $namespace = 'root/cimv2' }
    # No limit of the caller's is the limit of WMI.
    $seconds = 60
    if ($timeout -gt 0) { $seconds = $timeout }
    $number = $null
    if ($null -ne $session) { $number = $session.Number }
    return @{ verb = $verb; namespace = $namespace; session = $number; timeoutSeconds = $seconds } + $more
}

function Assert-Name([string]$parameter, [string]$name) {
    if ($name -cnotmatch '^[a-zA-Z_][a-zA-Z0-9_]*\z') {
        throw [System.ArgumentException]::new("Invalid value `"$name`" for parameter `"$parameter`".")
    }
}

function Assert-Instance($instance) {
    if (-not $instance.PSObject.Properties['CimInstanceProperties']) {
        throw [System.ArgumentException]::new('Cannot convert the value to type "Microsoft.Management.Infrastructure.CimInstance".')
    }
}

# --- The cmdlets -------------------------------------------------------------------------------------------------

function Get-CimInstance {
    [CmdletBinding(DefaultParameterSetName = 'ClassNameComputerSet')]
    param(
        [Parameter(Mandatory, Position = 0, ParameterSetName = 'ClassNameComputerSet')]
        [Parameter(Mandatory, Position = 0, ParameterSetName = 'ClassNameSessionSet')]
        [string]$ClassName,
        [Parameter(Mandatory, ParameterSetName = 'QueryComputerSet')]
        [Parameter(Mandatory, ParameterSetName = 'QuerySessionSet')]
        [string]$Query,
        [Parameter(Mandatory, ValueFromPipeline, Position = 0, ParameterSetName = 'CimInstanceComputerSet')]
        [Parameter(Mandatory, ValueFromPipeline, Position = 0, ParameterSetName = 'CimInstanceSessionSet')]
        [object]$InputObject,
        [Parameter(Mandatory, ParameterSetName = 'ClassNameSessionSet')]
        [Parameter(Mandatory, ParameterSetName = 'QuerySessionSet')]
        [Parameter(Mandatory, ParameterSetName = 'CimInstanceSessionSet')]
        [object]$CimSession,
        [Parameter(ParameterSetName = 'ClassNameComputerSet')]
        [Parameter(ParameterSetName = 'ClassNameSessionSet')]
        [Parameter(ParameterSetName = 'QueryComputerSet')]
        [Parameter(ParameterSetName = 'QuerySessionSet')]
        [string]$Namespace,
        [uint32]$OperationTimeoutSec
    )
    process {
        $command = 'GetCimInstanceCommand'
        switch -Wildcard ($PSCmdlet.ParameterSetName) {
            'Query*' { $request = New-Request 'query' $Namespace $CimSession $OperationTimeoutSec @{ text = $Query } }
            'ClassName*' {
                Assert-Name 'ClassName' $ClassName
                $request = New-Request 'enumerate' $Namespace $CimSession $OperationTimeoutSec @{ class = $ClassName }
            }
            'CimInstance*' {
                Assert-Instance $InputObject
                $system = $InputObject.CimSystemProperties
                $key = Get-SentKey $InputObject
                $request = New-Request 'get' $system.Namespace $CimSession $OperationTimeoutSec @{ class = $system.ClassName; properties = $key }
            }
        }
        $answer = Request-Site $PSCmdlet $command $request
        if ($null -eq $answer) { return }
        # Rows go out one by one, and a pipeline that has enough ends the rest. What the line holds is read all the same.
        $instances = @(Read-Instances $answer)
        $taken = 0
        try {
            foreach ($instance in $instances) {
                # One that was read by its key can be changed and written: its class tells what is key.
                if ($null -ne $InputObject) {
                    foreach ($sent in $key) { $instance.CimInstanceProperties[$sent.name].Flags = 'Property, Key' }
                }
                $taken++
                $instance
            }
        }
        finally {
            if ($taken -lt $instances.Count) { $script:writer.WriteLine((ConvertTo-Json -InputObject @{ verb = 'took'; rows = $taken } -Compress)) }
        }
    }
}

function New-CimInstance {
    [CmdletBinding(DefaultParameterSetName = 'ClassNameComputerSet')]
    param(
        [Parameter(Mandatory, Position = 0)]
        [string]$ClassName,
        [string[]]$Key,
        [Parameter(Position = 1)]
        [System.Collections.IDictionary]$Property,
        [string]$Namespace,
        [uint32]$OperationTimeoutSec,
        [Parameter(Mandatory, ParameterSetName = 'ClassNameSessionSet')]
        [object]$CimSession,
        [switch]$ClientOnly
    )
    Assert-Name 'ClassName' $ClassName
    if ($ClientOnly) {
        if ($null -ne $CimSession) { throw [System.ArgumentException]::new('CimSession conflicts with ClientOnly.') }
        $properties = foreach ($name in $Property.Keys) {
            $value = $Property[$name]
            New-Property $name $value (Get-TypeName $value) ($Key -contains $name)
        }
        return New-Instance $ClassName $Namespace @($properties)
    }
    $request = New-Request 'create' $Namespace $CimSession $OperationTimeoutSec @{ class = $ClassName; properties = (ConvertTo-SentAll $Property) }
    $answer = Request-Site $PSCmdlet 'NewCimInstanceCommand' $request
    if ($null -ne $answer) { Read-Instances $answer }
}

function Set-CimInstance {
    [CmdletBinding(DefaultParameterSetName = 'CimInstanceComputerSet')]
    param(
        [Parameter(Mandatory, ValueFromPipeline, Position = 0)]
        [object]$InputObject,
        [Parameter(Mandatory, ParameterSetName = 'CimInstanceSessionSet')]
        [object]$CimSession,
        [System.Collections.IDictionary]$Property,
        [uint32]$OperationTimeoutSec
    )
    process {
        Assert-Instance $InputObject
        $all = $InputObject.CimInstanceProperties
        foreach ($name in $Property.Keys) {
            if (-not $all.Contains($name)) { $all.Add((New-Property $name $null 'String' $false)) }
            $all[$name].Value = $Property[$name]
            $all[$name].IsValueModified = $true
        }
        $properties = foreach ($one in $all) { ConvertTo-Sent $one.Name $one.Value ($one.Flags -match 'Key') $one.IsValueModified }
        $system = $InputObject.CimSystemProperties
        $request = New-Request 'modify' $system.Namespace $CimSession $OperationTimeoutSec @{ class = $system.ClassName; properties = @($properties) }
        $null = Request-Site $PSCmdlet 'SetCimInstanceCommand' $request
    }
}

function Remove-CimInstance {
    [CmdletBinding(DefaultParameterSetName = 'CimInstanceComputerSet')]
    param(
        [Parameter(Mandatory, ValueFromPipeline, Position = 0)]
        [object]$InputObject,
        [Parameter(Mandatory, ParameterSetName = 'CimInstanceSessionSet')]
        [object]$CimSession,
        [uint32]$OperationTimeoutSec
    )
    process {
        Assert-Instance $InputObject
        $system = $InputObject.CimSystemProperties
        $key = Get-SentKey $InputObject
        $request = New-Request 'remove' $system.Namespace $CimSession $OperationTimeoutSec @{ class = $system.ClassName; properties = $key }
        $null = Request-Site $PSCmdlet 'RemoveCimInstanceCommand' $request
    }
}

function Invoke-CimMethod {
    [CmdletBinding(DefaultParameterSetName = 'ClassNameComputerSet')]
    param(
        [Parameter(Mandatory, Position = 0)]
        [string]$ClassName,
        [Parameter(Mandatory)]
        [string]$MethodName,
        [Parameter(Position = 1)]
        [System.Collections.IDictionary]$Arguments,
        [Parameter(Mandatory, ParameterSetName = 'ClassNameSessionSet')]
        [object]$CimSession,
        [string]$Namespace,
        [uint32]$OperationTimeoutSec
    )
    Assert-Name 'ClassName' $ClassName
    Assert-Name 'MethodName' $MethodName
    $request = New-Request 'invoke' $Namespace $CimSession $OperationTimeoutSec @{
        class = $ClassName; method = $MethodName; properties = (ConvertTo-SentAll $Arguments)
    }
    $answer = Request-Site $PSCmdlet 'InvokeCimMethodCommand' $request
    if ($null -eq $answer) { return }
    $result = [pscustomobject]@{}
    foreach ($out in $answer.out) {
        Add-Member -InputObject $result -NotePropertyName $out.name -NotePropertyValue (ConvertTo-Value $out.type $out.value)
    }
    $computer = $null
    if ($null -ne $CimSession) { $computer = $CimSession.ComputerName }
    Add-Member -InputObject $result -NotePropertyName 'PSComputerName' -NotePropertyValue $computer
    return $result
}

function Get-CimClass {
    [CmdletBinding(DefaultParameterSetName = 'ComputerSet')]
    param(
        [Parameter(Position = 0)]
        [string]$ClassName,
        [Parameter(Position = 1)]
        [string]$Namespace,
        [uint32]$OperationTimeoutSec,
        [Parameter(Mandatory, ParameterSetName = 'SessionSet')]
        [object]$CimSession
    )
    $request = New-Request 'class' $Namespace $CimSession $OperationTimeoutSec @{ class = $ClassName }
    $answer = Request-Site $PSCmdlet 'GetCimClassCommand' $request
    if ($null -eq $answer) { return }
    $properties = foreach ($property in $answer.class.properties) {
        [pscustomobject]@{ Name = $property.name; CimType = $property.type; Qualifiers = @() }
    }
    $methods = foreach ($method in $answer.class.methods) {
        $qualifiers = @([pscustomobject]@{ Name = 'implemented'; Value = $true })
        if ($method.static) { $qualifiers += [pscustomobject]@{ Name = 'static'; Value = $true } }
        $parameters = foreach ($parameter in $method.parameters) {
            [pscustomobject]@{ Name = $parameter.name; CimType = $parameter.type; Qualifiers = @() }
        }
        [pscustomobject]@{ Name = $method.name; Qualifiers = $qualifiers; Parameters = @($parameters) }
    }
    return [pscustomobject]@{
        CimClassName       = $answer.class.class
        CimClassProperties = @($properties)
        CimClassMethods    = @($methods)
    }
}

function New-CimSessionOption {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)]
        [ValidateSet('Dcom', 'Default', 'Wsman')]
        [string]$Protocol
    )
    return [pscustomobject]@{ Protocol = $Protocol }
}

function New-CimSession {
    [CmdletBinding()]
    param(
        [Parameter(Position = 0)]
        [string]$ComputerName,
        [Parameter(Position = 1)]
        [System.Management.Automation.PSCredential]$Credential,
        [uint32]$OperationTimeoutSec,
        [object]$SessionOption
    )
    $protocol = 'Wsman'
    if ($null -ne $SessionOption -and $SessionOption.Protocol -eq 'Dcom') { $protocol = 'Dcom' }
    $request = @{ verb = 'open'; computer = $ComputerName; protocol = $protocol; user = $null; password = $null }
    if ($null -ne $Credential) {
        $request.user = $Credential.UserName
        $password = $Credential.GetNetworkCredential().Password
        $request.password = [System.Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($password))
    }
    $answer = Request-Site $PSCmdlet 'NewCimSessionCommand' $request
    if ($null -eq $answer) { return }
    return [pscustomobject]@{ Number = $answer.session; ComputerName = $ComputerName; Protocol = $protocol }
}
