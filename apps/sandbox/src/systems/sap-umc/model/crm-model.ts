import type { TypeLine } from './service-model.js';

/** CRM_UTILITIES_UMC as far as it is served: names, types and lengths as SAP's proxy classes declare them. */
export const CRM_TYPES: readonly TypeLine[] = [
  {
    type: 'AddressInfo',
    properties: `StandardFlag:S1 City:S40 District:S40 PostalCode:S10 POBoxPostalCode:S10 POBox:S10 Street:S60 HouseNo:S10
      Building:S20 Floor:S10 RoomNo:S10 CountryID:S3 CountryName:S15+ Region:S3 RegionName:S20+ TimeZone:S6
      TaxJurisdictionCode:S15 LanguageID:S1 ShortForm:S80 HouseSupplement:S10+ AddressLine1:S40+ AddressLine2:S40+
      AddressLine4:S40+ AddressLine5:S40+ CareOf:S40+`,
  },
  {
    type: 'Account',
    set: 'Accounts',
    keys: 'AccountID',
    properties: `AccountID:S10 AccountTitleID:S4 FirstName:S40 LastName:S40 MiddleName:S40 SecondName:S40
      AccountTypeID:S1+ Sex:S1 Name1:S40+ Name2:S40+ Name3:S40+ Name4:S40+ GroupName1:S40+ GroupName2:S40+ FullName:S80
      CorrespondenceLanguage:S1+ CorrespondenceLanguageISO:S2+ Language:S1+ LanguageISO:S2+ BirthDate:T?+
      PartnerType:S4+ Username:S40+`,
    navigations: `ContractItems>>ContractItem.AccountID
      AccountAddressIndependentEmails>>AccountAddressIndependentEmail.AccountID
      StandardAccountAddress>AccountAddress.AccountID AccountAddresses>>AccountAddress.AccountID
      BusinessAgreements>>BusinessAgreement.AccountID BankAccounts>>BankAccount.AccountID
      AccountAddressIndependentPhones>>AccountAddressIndependentPhone.AccountID
      InteractionRecords>>InteractionRecord.AccountID`,
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
    type: 'BusinessAgreement',
    set: 'BusinessAgreements',
    keys: 'BusinessAgreementID',
    properties: `BusinessAgreementID:S12 AccountID:S10 Description:S30 BillToAccountID:S10 IncomingPaymentMethodID:S1
      OutgoingPaymentMethodID1:S1 OutgoingPaymentMethodID2:S1 OutgoingPaymentMethodID3:S1 OutgoingPaymentMethodID4:S1
      OutgoingPaymentMethodID5:S1 IncomingPaymentBankAccountID:S4 OutgoingPaymentBankAccountID:S4
      IncomingPaymentPaymentCardID:S6 OutgoingPaymentPaymentCardID:S6 AccountAddressID:S10 BillToAccountAddressID:S10
      CountryID:S3 AlternativePayerID:S10+ AlternativePayeeID:S10+ FixedBillingDate:S2+ AccountCategory:S10+
      CollectiveParentID:S12+ RewardsFlag:S1+ AccountClass:S4+ Language:S2+ PaperBill:S1+ EBiller:S1+ SEPAFlag:S1?+
      AccountDeterminationID:S2+ BudgetBillingProcedure:S1+ InvoiceOutsortingCheckGroup:S8+ AlternativePayerCA:S12+
      FixedPaymentDate:S2+`,
    navigations: `BillToAccountAddress>AccountAddress.BillToAccountAddressID=AddressID
      ContractItems>>ContractItem.BusinessAgreementID BillToAccount>Account.BillToAccountID=AccountID
      AlternativePayer>Account.AlternativePayerID=AccountID+ AlternativePayee>Account.AlternativePayeeID=AccountID+
      AccountAddress>AccountAddress.AccountAddressID=AddressID+ Account>Account.AccountID+
      CollectiveParent>BusinessAgreement.CollectiveParentID=BusinessAgreementID+
      IncomingBankAccount>BankAccount.IncomingPaymentBankAccountID=BankAccountID`,
  },
  {
    type: 'BankAccount',
    set: 'BankAccounts',
    keys: 'AccountID BankAccountID',
    properties: `CountryID:S3 AccountID:S10 BankAccountID:S4 BankID:S15 BankAccountNo:S18 AccountHolder:S60
      BankAccountName:S40 ControlKey:S2+ IBAN:S34 CollectionAuth:S1+`,
    navigations: 'Bank>Bank.BankID',
  },
  {
    type: 'Bank',
    set: 'Banks',
    keys: 'CountryID BankID',
    properties: 'CountryID:S3 BankID:S15 Name:S60 City:S35 SWIFTCode:S11',
  },
  {
    type: 'ContractItem',
    set: 'ContractItems',
    keys: 'ContractID',
    properties: `ContractID:S10 Description:S40 ContractItemGUID:G? ContractHeaderGUID:G? ContractStartDate:T?
      ContractEndDate:T? AccountID:S10 BusinessAgreementID:S12 ProductID:S40 DivisionID:S2 PointOfDeliveryGUID:S22?
      PremiseID:S10 FormerServiceProviderID:S10? NewServiceProviderID:S10? Distributor:S10? SwitchServiceFlag:S1?
      MeterNumber:S35?`,
    navigations: `Division>Division.DivisionID BusinessAgreement>BusinessAgreement.BusinessAgreementID
      Product>Product.ProductID Premise>Premise.PremiseID Attributes>>ContractAttribute.ContractID+
      Dates>>ContractDate.ContractID+ ContractItemTimeSlices>>ContractItemTimeSlice.ContractID`,
  },
  {
    type: 'ContractItemTimeSlice',
    set: 'ContractItemTimeSlices',
    keys: 'ContractID StartDate',
    properties: `ContractID:S10 Description:S40? ContractItemTimeSliceGUID:G? StartDate:T EndDate:T? ProductID:S40
      DocumentStatusID:S13`,
    navigations: 'Product>Product.ProductID ContractItem>ContractItem.ContractID',
  },
  {
    type: 'ContractAttribute',
    set: 'ContractAttributes',
    keys: 'ContractID ContractStartDate AttributeID',
    properties: 'ContractID:S10 ContractStartDate:T AttributeID:S30 Description:S30 Value:S40',
  },
  {
    type: 'ContractDate',
    set: 'ContractDates',
    keys: 'ContractID ContractStartDate DateID',
    properties: 'ContractID:S10 ContractStartDate:T DateID:S12 Description:S40? DateValue:T?',
  },
  { type: 'BooleanResult', properties: 'Result:B' },
  {
    type: 'ContractSale',
    set: 'ContractSales',
    keys: 'ContractHeaderGUID',
    properties: `SalesOrderID:S10? ContractHeaderGUID:G AccountID:S10 ContractStartDate:T CheckModeOnly:B ConsumerID:S36
      MoveOutDate:T?`,
    navigations: `ProductProposalResult>ProductProposalResult.ContractHeaderGUID=BundleID
      SaleDetails>>ContractSaleDetail.ContractHeaderGUID=Head`,
  },
  {
    type: 'ContractSaleDetail',
    set: 'ContractSaleDetails',
    keys: 'ContractHeaderGUID ContractID',
    properties: `ContractHeaderGUID:G ContractID:S10 DivisionID:S2 BusinessAgreementID:S12? PointOfDeliveryGUID:S22
      BankAccountID:S4? IncomingPaymentMethodID:S1? SEPAFlag:B? SmartConsentStatusID:S3? FixedBillingDate:S2?
      ActualMoveOutDate:T? SalesProcessTypeID:S5? SalesProcessType:S40? NewConnection:B`,
    navigations: 'MeterReadings>>ContractSaleMeterReading.ContractID',
  },
  {
    type: 'ContractSaleMeterReading',
    set: 'ContractSaleMeterReadings',
    keys: 'ContractHeaderGUID DivisionID ContractID',
    properties: `ContractHeaderGUID:G DivisionID:S2 ContractID:S10 MeterReadingResultID:S20? DeviceID:S18?
      SerialNumber:S18 RegisterID:S3 ReadingDateTime:T ReadingResult:D14 MeterReadingReasonID:S2
      MeterReadingCategoryID:S2 TimeSlot:S10? MeterReadingNoteID:S4? ReadingUnit:S3 Consumption:S31?`,
    navigations: 'DependentMeterReadingResults>>ContractSaleMeterReading.MeterReadingResultID',
  },
  {
    type: 'ProductProposalResult',
    set: 'ProductProposalResults',
    keys: 'BundleID ElecProductID GasProductID ElecDiscountID GasDiscountID',
    properties: 'BundleID:S40 ElecProductID:S40 GasProductID:S40 ElecDiscountID:S4 GasDiscountID:S4',
  },
  {
    type: 'Division',
    set: 'Divisions',
    keys: 'DivisionID',
    properties: 'DivisionID:S2 Description:S20',
  },
  {
    type: 'Product',
    set: 'Products',
    keys: 'ProductID',
    properties: `ProductID:S54 Description:S40 LongText:S1320 IconURL:S4096 DivisionID:S2 PremiseTypeID:S8 PersonsMin:S6
      PersonsMax:S6 ConsumptionMin:S6 ConsumptionMax:S6 ProductGroupID:S2+`,
    navigations: `PremiseType>PremiseType.PremiseTypeID Division>Division.DivisionID
      Discounts>>ProductDiscount.ProductID+ Attributes>>ProductAttribute.ProductID+ Prices>>ProductPrice.ProductID+`,
  },
  {
    type: 'ProductAttribute',
    set: 'ProductAttributes',
    keys: 'ProductID AttributeID',
    properties: 'ProductID:S40 AttributeID:S30 Description:S30 Value:S40 MultipleValues:B',
  },
  {
    type: 'ProductDiscount',
    set: 'ProductDiscounts',
    keys: 'ProductID DiscountID',
    properties: `ProductID:S40 DiscountID:S4 DiscountAmount:D2 Name:S30 Description:S250 DirectDebitFlag:B
      PaperlessBillingFlag:B PayOnTimeFlag:B DualFuelFlag:B DiscountBasis:S60 DiscountMethod:S60 Active:B FromDate:T?
      ToDate:T?`,
  },
  {
    type: 'ProductPrice',
    set: 'ProductPrices',
    keys: 'ProductID DivisionID ProductGroupID RateCategory OperandID PriceValidTo',
    properties: `ProductID:S54 DivisionID:S2 ProductGroupID:S2 RateCategory:S10 OperandID:S10 PriceValidTo:T PriceID:S10
      PriceCategory:S1 PriceValidFrom:T PriceAmount:D8 OperandDescription:S30 PriceDescription:S50`,
  },
  {
    type: 'PremiseType',
    set: 'PremiseTypes',
    keys: 'PremiseTypeID',
    properties: 'PremiseTypeID:S8 Description:S40',
  },
  {
    type: 'Premise',
    set: 'Premises',
    keys: 'PremiseID',
    properties: 'AddressInfo:C(AddressInfo) PremiseID:S10 PremiseTypeID:S8 ConnectionObjectID:S30+',
    navigations: `PremiseType>PremiseType.PremiseTypeID PointOfDeliveries>>PointOfDelivery.PremiseID
      ContractItems>>ContractItem.PremiseID`,
  },
  {
    type: 'PointOfDelivery',
    set: 'PointOfDeliveries',
    keys: 'PointOfDeliveryID',
    properties: 'PointOfDeliveryID:S22 ExternalID:S50 DivisionID:S2 PremiseID:S10',
    navigations: 'Premise>Premise.PremiseID',
  },
  {
    type: 'InteractionRecord',
    set: 'InteractionRecords',
    keys: 'InteractionRecordID',
    properties: `InteractionRecordID:S10 AccountID:S10 Description:S40 PremiseID:S10 BusinessAgreementID:S12 Priority:S1
      InteractionRecordReasonID:S20 InteractionRecordCategory1:S50 InteractionRecordCategory2:S50
      InteractionRecordCategory1GUID:S22? InteractionRecordCategory2GUID:S22? ChannelID:S3 Note:S DateFrom:T?
      IncomingFlag:B DocumentStatusID:S13 Direction:S1+`,
    navigations: `InteractionRecordReason>InteractionRecordReason.InteractionRecordReasonID
      InteractionRecordCategoryLevel1>InteractionRecordCategory.InteractionRecordCategory1GUID=InteractionRecordCategoryGUID
      InteractionRecordCategoryLevel2>InteractionRecordCategory.InteractionRecordCategory2GUID=InteractionRecordCategoryGUID
      DocumentStatus>DocumentStatus.DocumentStatusID Channel>Channel.ChannelID`,
  },
  {
    type: 'InteractionRecordCategory',
    set: 'InteractionRecordCategories',
    keys: 'InteractionRecordCategoryGUID',
    properties: 'InteractionRecordCategoryGUID:S22 Description:S50 InteractionRecordCategoryParentGUID:S22',
    navigations: `InteractionRecordSubCategories>>InteractionRecordCategory.InteractionRecordCategoryGUID=InteractionRecordCategoryParentGUID`,
  },
  {
    type: 'InteractionRecordReason',
    set: 'InteractionRecordReasons',
    keys: 'InteractionRecordReasonID',
    properties: 'InteractionRecordReasonID:S20 Description:S40',
  },
  { type: 'Channel', set: 'Channels', keys: 'ChannelID', properties: 'ChannelID:S3 Description:S20' },
  {
    type: 'DocumentStatus',
    set: 'DocumentStatuses',
    keys: 'DocumentStatusID',
    properties: 'DocumentStatusID:S13 Description:S30 InternalID:S5 ProfileID:S8? Priority:S2?',
  },
];
