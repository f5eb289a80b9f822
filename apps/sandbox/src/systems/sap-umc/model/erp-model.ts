import type { TypeLine } from './service-model.js';

const DESCRIPTION = (type: string, set: string, key: string, keyLength: number, length: number): TypeLine => ({
  type,
  set,
  keys: key,
  properties: `${key}:S${keyLength} Description:S${length}`,
});

/** ERP_UTILITIES_UMC as far as it is served: names, types and lengths as SAP's proxy classes declare them. */
export const ERP_TYPES: readonly TypeLine[] = [
  {
    type: 'AddressInfo',
    properties: `StandardFlag:S1 City:S40 District:S40 PostalCode:S10 POBoxPostalCode:S10 POBox:S10 Street:S60 HouseNo:S10
      Building:S20 Floor:S10 RoomNo:S10 CountryID:S3 CountryName:S15 Region:S3 RegionName:S20 TimeZone:S6
      TaxJurisdictionCode:S15 LanguageID:S1 ShortForm:S80`,
  },
  { type: 'BillingPeriod', properties: 'StartDate:T? EndDate:T?' },
  {
    type: 'Account',
    set: 'Accounts',
    keys: 'AccountID',
    properties: `AccountTypeID:S1+ AccountID:S10 AccountTitleID:S4 FirstName:S40 LastName:S40 MiddleName:S40 SecondName:S40
      Sex:S1 Name1:S40+ Name2:S40+ Name3:S40+ Name4:S40+ GroupName1:S40+ GroupName2:S40+ FullName:S80
      CorrespondenceLanguage:S1+ CorrespondenceLanguageISO:S2+ Language:S1+ LanguageISO:S2+`,
    navigations: `StandardAccountAddress>AccountAddress.AccountID ContractAccounts>>ContractAccount.AccountID
      AccountAddresses>>AccountAddress.AccountID
      AccountAddressIndependentEmails>>AccountAddressIndependentEmail.AccountID
      AccountAddressIndependentPhones>>AccountAddressIndependentPhone.AccountID
      Invoices>>Invoice.AccountID BankAccounts>>BankAccount.AccountID AccountTitle>AccountTitle.AccountTitleID=TitleID
      PaymentDocuments>>PaymentDocument.AccountID`,
  },
  {
    type: 'AccountTitle',
    set: 'AccountTitles',
    keys: 'TitleID',
    properties: 'AccountTypeID:S1 TitleID:S4 Description:S30',
  },
  {
    type: 'AccountAddress',
    set: 'AccountAddresses',
    keys: 'AccountID AddressID',
    properties: 'AddressInfo:C(AddressInfo) AccountID:S10 AddressID:S10',
  },
  {
    type: 'AccountAddressIndependentEmail',
    set: 'AccountAddressIndependentEmails',
    keys: 'AccountID SequenceNo',
    properties: 'AccountID:S10 SequenceNo:S3 Email:S241 HomeFlag:B StandardFlag:B',
  },
  {
    type: 'AccountAddressIndependentPhone',
    set: 'AccountAddressIndependentPhones',
    keys: 'AccountID SequenceNo',
    properties: `AccountID:S10 SequenceNo:S3 PhoneNo:S30 HomeFlag:B StandardFlag:B Extension:S10 CompletePhoneNo:S30
      CountryID:S3 PhoneType:S1+`,
  },
  {
    type: 'ContractAccount',
    set: 'ContractAccounts',
    keys: 'ContractAccountID',
    properties: `ContractAccountID:S12 AccountID:S10 Description:S35 BudgetBillingProcedure:S1 IncomingPaymentMethodID:S1
      OutgoingPaymentMethodID1:S1 OutgoingPaymentMethodID2:S1 OutgoingPaymentMethodID3:S1 OutgoingPaymentMethodID4:S1
      OutgoingPaymentMethodID5:S1 IncomingPaymentBankAccountID:S4 OutgoingPaymentBankAccountID:S4
      IncomingPaymentPaymentCardID:S6 OutgoingPaymentPaymentCardID:S6 AccountAddressID:S10+ BillToAccountID:S10+
      BillToAccountAddressID:S10+ AlternativePayeeID:S10+ AlternativePayerID:S10+ CountryID:S3+`,
    navigations: `Invoices>>Invoice.ContractAccountID ContractAccountBalance>ContractAccountBalance.ContractAccountID
      Contracts>>Contract.ContractAccountID BillToAccountAddress>AccountAddress.BillToAccountAddressID=AddressID+
      BillToAccount>Account.BillToAccountID=AccountID+ AlternativePayee>Account.AlternativePayeeID=AccountID+
      AccountAddress>AccountAddress.AccountAddressID=AddressID+ AlternativePayer>Account.AlternativePayerID=AccountID+
      IncomingBankAccount>BankAccount.IncomingPaymentBankAccountID=BankAccountID
      IncomingPaymentMethod>PaymentMethod.IncomingPaymentMethodID=PaymentMethodID`,
  },
  {
    type: 'BankAccount',
    set: 'BankAccounts',
    creatable: true,
    keys: 'AccountID BankAccountID',
    properties: `AccountID:S10 BankAccountID:S4 BankID:S15 BankAccountNo:S18 AccountHolder:S60 BankAccountName:S40 IBAN:S34
      ControlKey:S2 CountryID:S3`,
    navigations: 'Bank>Bank.BankID',
  },
  {
    type: 'Bank',
    set: 'Banks',
    keys: 'CountryID BankID',
    properties: 'CountryID:S3 BankID:S15 Name:S60 City:S35 SWIFTCode:S11',
  },
  {
    type: 'PaymentMethod',
    set: 'PaymentMethods',
    keys: 'CountryID PaymentMethodID',
    properties: 'CountryID:S3 PaymentMethodID:S1 Description:S30',
  },
  {
    type: 'PaymentDocument',
    set: 'PaymentDocuments',
    creatable: true,
    keys: 'PaymentDocumentID',
    properties: `PaymentDocumentID:S24 AccountID:S10 PaymentMethodDescription:S140 ExecutionDate:T? Amount:D4 Currency:S5?
      PaymentStatusID:S2 BankAccountID:S4 PaymentCardID:S6 CVC:S6 PaymentCardTypeID:S4 CardNumber:S25 ValidFrom:T?
      ValidTo:T? Cardholder:S40 ContractAccountID:S12+ PaymentDocumentText:S1024+`,
    navigations: `PaymentDocumentStatus>PaymentStatus.PaymentStatusID
      PaymentDocumentItems>>PaymentDocumentItem.PaymentDocumentID`,
  },
  {
    type: 'PaymentDocumentItem',
    set: 'PaymentDocumentItems',
    keys: 'PaymentDocumentID InvoiceID',
    properties: 'PaymentDocumentID:S24 InvoiceID:S40 ExecutionDate:T? Amount:D4 Currency:S5?',
  },
  DESCRIPTION('PaymentStatus', 'PaymentStatuses', 'PaymentStatusID', 2, 60),
  {
    type: 'PaymentPlan',
    set: 'PaymentPlans',
    keys: 'ContractID PaymentPlanID',
    properties: `ContractID:S10 PaymentPlanID:S12 PaymentPlanCycleID:S2 Amount:D2 BalanceForwardAmount:D2 Currency:S5?
      StartingMonth:S2 Year:S4 AlternativeStartingMonth:S2`,
    navigations: 'BudgetBillingCycle>BudgetBillingCycle.PaymentPlanCycleID=BudgetBillingCycleID',
  },
  {
    type: 'ContractAccountBalance',
    set: 'ContractAccountBalances',
    keys: 'ContractAccountID',
    properties: `ContractAccountID:S12 CurrentBalance:D5 TotalAmount:D5 NetAmount:D5 OpenCollectable:D5 OpenDebits:D5
      OpenCredits:D5 Currency:S5?`,
  },
  {
    type: 'Contract',
    set: 'Contracts',
    keys: 'ContractID',
    properties: `ContractID:S10 Description:S35 ContractAccountID:S12 DivisionID:S2 PremiseID:S10 ContractStartDate:T?-
      ContractEndDate:T?- MoveInDate:T?+ MoveOutDate:T?+ ProcessingStatus:S50?+ HistoricFlag:B?+`,
    navigations: `Premise>Premise.PremiseID MeterReadingResults>>MeterReadingResult.ContractID+ Devices>>Device.ContractID
      ActiveBudgetBillingPlan>BudgetBillingPlan.ContractID Division>Division.DivisionID
      ActivePaymentPlan>PaymentPlan.ContractID
      ContractConsumptionValues>>ContractConsumptionValue.ContractID ProfileValues>>ProfileValue.ContractID
      ContractAccount>ContractAccount.ContractAccountID`,
  },
  {
    type: 'BudgetBillingPlan',
    set: 'BudgetBillingPlans',
    keys: 'ContractID BudgetBillingPlanID',
    properties: `ContractID:S10 BudgetBillingPlanID:S12 BudgetBillingCycleID:S2 Amount:D2 StartDate:T EndDate:T
      Currency:S5? ChangeFromDate:T UpperLimitAmount:D2 LowerLimitAmount:D2`,
    navigations: 'BudgetBillingCycle>BudgetBillingCycle.BudgetBillingCycleID',
  },
  DESCRIPTION('BudgetBillingCycle', 'BudgetBillingCycles', 'BudgetBillingCycleID', 2, 20),
  DESCRIPTION('Division', 'Divisions', 'DivisionID', 2, 20),
  {
    type: 'Premise',
    set: 'Premises',
    keys: 'PremiseID',
    properties: 'AddressInfo:C(AddressInfo) PremiseTypeID:S8 PremiseID:S10',
    navigations: 'PremiseType>PremiseType.PremiseTypeID',
  },
  DESCRIPTION('PremiseType', 'PremiseTypes', 'PremiseTypeID', 8, 40),
  {
    type: 'Device',
    set: 'Devices',
    keys: 'DeviceID',
    properties: `DeviceID:S18 ContractID:S10 DivisionID:S2 SerialNumber:S18 FunctionClass:S8+ DeviceMaterial:S18+
      DeviceLocation:S40+ DeviceDescription:S30+ InstallationID:S10+`,
    navigations: `RegistersToRead>>RegisterToRead.DeviceID MeterReadingResults>>MeterReadingResult.DeviceID
      Contract>Contract.ContractID Division>Division.DivisionID`,
  },
  {
    type: 'RegisterToRead',
    set: 'RegistersToRead',
    keys: 'DeviceID RegisterID',
    properties: `DeviceID:S18 RegisterID:S3 RegisterTypeID:S2 ReadingUnit:S3 IntegerPlaces:S2 DecimalPlaces:S2
      NoMeterReadingOrderFlag:B PreviousMeterReadingResult:D14? PreviousMeterReadingDate:T?
      PreviousMeterReadingReasonID:S2 PreviousMeterReadingCategoryID:S2 SerialNumber:S18 Multiplier:D5+`,
    navigations: `Device>Device.DeviceID
      MeterReadingReason>MeterReadingReason.PreviousMeterReadingReasonID=MeterReadingReasonID
      MeterReadingCategory>MeterReadingCategory.PreviousMeterReadingCategoryID=MeterReadingCategoryID
      RegisterType>RegisterType.RegisterTypeID`,
  },
  DESCRIPTION('RegisterType', 'RegisterTypes', 'RegisterTypeID', 2, 30),
  DESCRIPTION('MeterReadingReason', 'MeterReadingReasons', 'MeterReadingReasonID', 2, 40),
  DESCRIPTION('MeterReadingCategory', 'MeterReadingCategories', 'MeterReadingCategoryID', 2, 40),
  DESCRIPTION('MeterReadingStatus', 'MeterReadingStatus', 'MeterReadingStatusID', 1, 60),
  DESCRIPTION('MeterReadingNote', 'MeterReadingNotes', 'MeterReadingNoteID', 4, 50),
  {
    type: 'MeterReadingResult',
    set: 'MeterReadingResults',
    creatable: true,
    keys: 'MeterReadingResultID',
    properties: `MeterReadingResultID:S20 DeviceID:S18 RegisterID:S3 ReadingResult:D14 ReadingDateTime:T? ReadingUnit:S3?
      MeterReadingNoteID:S4? Consumption:S? MeterReadingReasonID:S2? MeterReadingCategoryID:S2? MeterReadingStatusID:S1?
      SerialNumber:S18? MultipleMeterReadingReasonsFlag:B?`,
    navigations: `MeterReadingStatus>MeterReadingStatus.MeterReadingStatusID
      DependentMeterReadingResults>>MeterReadingResult.MeterReadingResultID=HeadMeterReadingResultID Device>Device.DeviceID
      MeterReadingCategory>MeterReadingCategory.MeterReadingCategoryID MeterReadingNote>MeterReadingNote.MeterReadingNoteID
      MeterReadingReasons>>MeterReadingReason.MeterReadingReasonID
      MeterReadingReason>MeterReadingReason.MeterReadingReasonID`,
  },
  {
    type: 'ContractConsumptionValue',
    set: 'ContractConsumptionValues',
    keys: 'ContractID ConsumptionPeriodTypeID StartDate',
    properties: `ContractID:S10 ConsumptionPeriodTypeID:S2 StartDate:T EndDate:T BilledAmount:D2 Currency:S5?
      ConsumptionValue:D14 ConsumptionUnit:S3 BillingPeriodYear:S4 BillingPeriodMonth:S2 MeterReadingCategoryID:S2`,
    navigations: `MeterReadingCategory>MeterReadingCategory.MeterReadingCategoryID
      ConsumptionPeriodType>ConsumptionPeriodType.ConsumptionPeriodTypeID`,
  },
  DESCRIPTION('ConsumptionPeriodType', 'ConsumptionPeriodTypes', 'ConsumptionPeriodTypeID', 2, 35),
  {
    type: 'ProfileValue',
    set: 'ProfileValues',
    keys: 'ProfileHeaderID Timestamp OutputInterval',
    properties: `ProfileHeaderID:S18 Timestamp:T OutputInterval:S4 ContractID:S10 DeviceID:S18 RegisterID:S3
      ProfileTypeID:S2 ProfileValueTypeID:S1 UnitOfMeasure:S3 Currency:S5 TimeZone:S6 Value:D14`,
  },
  {
    type: 'Invoice',
    set: 'Invoices',
    keys: 'InvoiceID',
    properties: `InvoiceID:S40 AccountID:S10 ContractAccountID:S12 AmountDue:D4 Currency:S5 DueDate:T InvoiceDate:T
      AmountPaid:D4 AmountRemaining:D4 InvoiceDescription:S140 InvoiceStatusID:S2 SubstituteDocument:S12?+
      InvoiceText:S1024+ ReferenceDocNo:S16+ PrintDate:T?+ Division:S2?+`,
    navigations: 'ContractAccount>ContractAccount.ContractAccountID InvoicePDF>InvoicePDF.InvoiceID',
  },
  {
    type: 'InvoicePDF',
    set: 'InvoicePDFs',
    keys: 'InvoiceID',
    properties: 'InvoiceID:S40 MimeType:S100',
    stream: true,
  },
];
