package redact

import "strings"

// stepTerms are terms that stand in configured steps and in documents of
// products, and in no schema.
var stepTerms = []string{
	"full-import", "delta-import", "apply-rules", "export", "full-import-reevaluate-rules", "reevaluate-flow-connectors",
	"apply-pending", "evaluate-all", "synchronize", "synchronization", "to-file", "to-cs", "resume-from-file",
	"dropfile-name", "step-type", "subtype", "custom-data", "rule-error-info", "true", "false",
	"xml", "xmlns", "xsi", "xs", "xsd", "nil", "space", "lang", "schemaLocation", "noNamespaceSchemaLocation",
}

func set(lists ...string) map[string]bool {
	all := make(map[string]bool)
	for _, list := range lists {
		for _, word := range strings.Fields(list) {
			all[strings.ToLower(word)] = true
		}
	}
	return all
}

// plainWords are the words of free text that stay: those that connected data
// sources, the platform and the products use in messages. None of them may be
// a usual name of a person; when in doubt a word is left out.
var plainWords = set(
	`a an and any are as at be been before after because but by can cannot could did do does during each either else
	for from had has have if in into is it its more must no none not of off on one only or other out over should some
	so than that the their them then there these they this to too under until up was were when where which while
	with within without would yet you your`,
	`access account accounts active add added already allowed another argument arguments array assembly assigned
	attempt attempted attribute attributes authenticate authenticated authentication authorization available bad binary
	blank boolean byte bytes call called cannot certificate change changed changes character characters check class
	client closed code column command completed component computer configuration configured connect connected
	connecting connection connector constraint contact contain container contains controller convert correct could count
	create created creation credentials current data database date datetime deadlock decimal default delete deleted
	delimiter denied description details detected directory disabled disconnected disk display distinguished
	domain double duplicate e.g element empty enabled encoding end ended ensure enter entries entry error errors event
	exceed exceeded exceeds exception exceptions exclusive execute executed execution exist existing exists expected
	expired expression extension fail failed fails failure false fatal fault fields file files find first flow folder
	forbidden foreign form format found full function group groups guid handle header host http https id identifier
	identity import inappropriate incorrect index information initialization initialize inner input insert insufficient
	int int16 int32 int64 integer internal into invalid invocation invoke join ldap length less limit line list load
	loaded local locked logged login logon longer machine management manager mandatory match matches maximum member
	members memory message metaverse method minimum mismatch missing mode modification modified modify module
	multiple name names naming native nested network new next null number object objects occurred open operation
	operations optional outside owner parameter parameters parent parse parsing partition password path perform
	permission permissions please policy port possible prevents previous privilege privileges problem process
	processing profile property protected protocol provide provided provider provisioning query quota raised range
	read reading reason received record reference referenced references referential referral refused register
	registered rejected relative remote remove removed rename replication request requested required reserved reset
	resource resources response restriction result results retry return returned returns right rights root row rpc
	rule rules run running schema search second security see server service services session set setting single
	size soap socket source specified sql ssl stack start started starting state statement status step stop stopped
	stored stream string strings succeed succeeded success successfully such support supported suspended
	synchronization syntax system table target task tcp temporarily terminated text thread thrown time timed timeout
	timestamp tls token trace transaction true trust try type types unable unauthorized unavailable unexpected
	unhandled unique unknown unsupported unwilling update updated url uri use used user username users using valid
	validation value values variable verify version violate violated violates violation void warning web windows
	write writing wrong xml`,
	`action args binder bindingflags cultureinfo csentry determined dictionary enumerable func hashtable idictionary
	ienumerable ilist invokeattr mventry modificationtype obj sender signature`,
)

// schemaNames are the attributes, classes and types of RDNs that directories
// and the engine know everywhere; other ones may tell whose they are.
var schemaNames = set(
	`accountExpires accountName accountNameHistory adminCount adminDescription adminDisplayName anchor assistant
	audio badPasswordTime badPwdCount businessCategory c carLicense cd city cn co codePage comment company
	countryCode country createTimestamp creatorsName csObjectID cs dBCSPwd dc deliveryOfficeName department
	departmentNumber description destinationIndicator displayName displayNamePrintable distinguishedName division dmdName dn
	dnQualifier dns dNSHostName domain domainComponent email emailAddress employeeEndDate employeeID employeeNumber
	employeeStartDate employeeStatus employeeType extensionName extensionAttribute1 extensionAttribute2 extensionAttribute3
	extensionAttribute4 extensionAttribute5 extensionAttribute6 extensionAttribute7 extensionAttribute8 extensionAttribute9
	extensionAttribute10 extensionAttribute11 extensionAttribute12 extensionAttribute13 extensionAttribute14
	extensionAttribute15 facsimileTelephoneNumber fax firstName fullName gecos generationQualifier gidNumber givenName
	groupMembershipSAM groupPriority groupType guid homeDirectory homeDrive homeMDB homeMTA homePhone homePostalAddress
	houseIdentifier id info initials instanceType internationalISDNNumber ipPhone isDeleted isCriticalSystemObject
	jobTitle jpegPhoto l labeledURI lastKnownParent lastLogoff lastLogon lastLogonTimestamp lastName
	legacyExchangeDN level localeID location locality lockoutTime loginShell logonCount logonHours mail mailNickname mailStop managedBy
	manager mDBUseDefaults member memberOf memberUid middleName mobile mobilePhone modifyTimestamp
	modifiersName ms ds msds msExchHomeServerName msExchMailboxGuid msExchRecipientDisplayType msExchRecipientTypeDetails
	msExchHideFromAddressLists msExchMasterAccountSid msExchALObjectVersion msRTCSIP mSSFU30 mv mvid
	mvObjectID name nickname nTSecurityDescriptor nonUniqueMember notes o object objectCategory
	objectClass objectGUID objectID objectSid objectType objectVersion office officeLocation operatingSystem
	organization organizationalUnit organizationName ou otherMailbox otherTelephone owner pager personalTitle phone photo
	physicalDeliveryOfficeName postalAddress postalCode postOfficeBox preferredDeliveryMethod preferredLanguage
	preferredName primaryGroupID primaryTelexNumber profilePath proxyAddresses pwdLastSet registeredAddress replPropertyMetaData
	roleOccupant roomNumber sAMAccountName sAMAccountType scriptPath searchGuide secretary securityIdentifier
	seeAlso serialNumber servicePrincipalName sid sIDHistory sn sourceAnchor st state stateOrProvinceName street
	streetAddress supportedAlgorithms surname systemFlags t targetAddress telephoneNumber teletexTerminalIdentifier
	telexNumber textEncodedORAddress thumbnailLogo thumbnailPhoto title uid uidNumber unicodePwd uniqueIdentifier uniqueMember
	url userAccountControl userCertificate userID userParameters userPassword userPrincipalName
	userSharedFolder userSMIMECertificate userWorkstations uSNChanged uSNCreated wbemPath whenChanged whenCreated
	wWWHomePage x121Address x500UniqueIdentifier zip`,
	`account aliasObject alias applicationProcess builtinDomain classSchema computer contact container crossRef detectedRuleEntry device
	dfsConfiguration dnsNode dnsZone domainDNS expectedRuleEntry foreignSecurityPrincipal function
	groupOfNames groupOfUniqueNames group inetOrgPerson leaf msExchDynamicDistributionList msExchSystemMailbox
	organizationalPerson organizationalRole person posixAccount posixGroup printQueue publicFolder residentialPerson
	role room securityPrincipal serviceConnectionPoint set shadowAccount site subnet synchronizationRule top trustedDomain user volume`,
)

// fileTypes are endings of names of files that tell nothing but a format.
var fileTypes = set(`asm avp bak bin config csv dat dll dsml exe gz ini ldf ldif log mdb ps1 tmp tsv txt vbs xls xlsx xml zip`)
