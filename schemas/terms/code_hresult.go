package terms

// hresultCodes are HRESULTs with a public meaning. Those that wrap a Windows
// error (0x8007xxxx) are explained by it.
var hresultCodes = []code{
	{0x80004001, "E_NOTIMPL", "Not implemented.", "whether the connector supports the step"},
	{0x80004002, "E_NOINTERFACE", "The interface is not supported.", "the installation and version of the component"},
	{0x80004003, "E_POINTER", "A pointer is not valid; in .NET, a null reference was used.", "the stack trace in error-literal"},
	{0x80004004, "E_ABORT", "The operation was aborted.", "who aborted it"},
	{0x80004005, "E_FAIL", "Unspecified error.", "the words in error-literal and the event log"},
	{0x8000FFFF, "E_UNEXPECTED", "Unexpected failure.", "the event log"},
	{0x80005000, "E_ADS_BAD_PATHNAME", "The ADSI path is malformed.", "the path of the object"},
	{0x8000500D, "E_ADS_PROPERTY_NOT_FOUND", "The property is not in the cache of the ADSI object.", "the attribute's name, and the rights to read it"},
	{0x80040154, "REGDB_E_CLASSNOTREG", "The COM class is not registered.", "the installation of the component, in the right architecture"},

	{0x80040E09, "DB_SEC_E_PERMISSIONDENIED", "The database denied the permission.", "the rights of the agent's account on the table"},
	{0x80040E14, "DB_E_ERRORSINCOMMAND", "The command to the database has errors.", "names of the table and columns"},
	{0x80040E21, "DB_E_ERRORSOCCURRED", "An operation of several steps on the database failed.", "the state of each value: type and length"},
	{0x80040E2F, "DB_E_INTEGRITYVIOLATION", "The value violates an integrity constraint of the database.", "keys, unique indexes, required columns"},
	{0x80040E31, "DB_E_ABORTLIMITREACHED", "The command reached a limit, usually that of time.", "the time limit, locks and indexes"},
	{0x80040E37, "DB_E_NOTABLE", "The table does not exist.", "the name of the table or view"},
	{0x80040E4D, "DB_SEC_E_AUTH_FAILED", "Signing in to the database failed.", "the account of the agent"},

	{0x80090308, "SEC_E_INVALID_TOKEN", "The token of the security handshake is not valid.", "the protocol versions of both sides"},
	{0x8009030C, "SEC_E_LOGON_DENIED", "The logon attempt failed.", "the account and password"},
	{0x8009030E, "SEC_E_NO_CREDENTIALS", "No credentials are available.", "the account and its session"},
	{0x80090311, "SEC_E_NO_AUTHENTICATING_AUTHORITY", "No authority could be contacted for authentication.", "domain controllers and name resolution"},
	{0x80090322, "SEC_E_WRONG_PRINCIPAL", "The target's principal name is wrong.", "service principal names, or the name in the certificate"},
	{0x80090324, "SEC_E_TIME_SKEW", "The clocks of client and server differ too much.", "time synchronization"},
	{0x80090325, "SEC_E_UNTRUSTED_ROOT", "The certificate comes from an authority that is not trusted.", "the trusted root certificates of the server"},
	{0x800B0109, "CERT_E_UNTRUSTEDROOT", "The certificate chain ends in a root that is not trusted.", "the trusted root certificates of the server"},

	{0x80131500, "COR_E_EXCEPTION", "A .NET exception without a more specific code.", "the words and the stack trace in error-literal"},
	{0x80131501, "COR_E_SYSTEM", "A .NET system exception.", "the words and the stack trace in error-literal"},
	{0x80131505, "COR_E_TIMEOUT", "A .NET operation reached its time limit.", "what the connector waited for"},
	{0x80131509, "COR_E_INVALIDOPERATION", "A .NET object was in the wrong state for the operation.", "the stack trace in error-literal"},
	{0x80131515, "COR_E_NOTSUPPORTED", "The .NET method is not supported.", "whether the connector supports the operation"},
	{0x80131604, "COR_E_TARGETINVOCATION", "A method called by reflection threw an exception.", "the inner exception in error-literal"},
	{0x80131620, "COR_E_IO", "A .NET input or output operation failed.", "the file or stream in error-literal"},
	{0x80131904, "SqlException", "SQL Server returned an error to a .NET program.", "the number and words in error-literal"},

	{0x80230304, "", "An image of the object already has an attribute with that name.", "two flows to one attribute of the object, or a flow to its object id"},
	{0x80230306, "", "The anchor of the change differs from the anchor of the object that it is applied to.", "a deleted or disconnected object that claims the same anchor"},
	{0x8023061F, "", "The operation failed, because password synchronization is not enabled for the agent.", "the password settings of the agent"},
	{0x8023063D, "", "Another synchronization run is at work, and the service does not run two at once.", "the schedule of synchronization runs"},
	{0x80230703, "", "No public text. A SharePoint 2013 server wrote it beside exceptions of a connector (ma-extension-error).", "the innermost exception in error-literal"},
}
