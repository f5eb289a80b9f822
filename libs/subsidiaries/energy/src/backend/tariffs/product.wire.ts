/** Terms need newer service packs; older ones refuse the whole, and an agent changes the product. */
export const CHANGEABLE_CONTRACTS = 'ContractItems?$expand=Premise,ContractItemTimeSlices,Attributes,Dates';

/** A function import: contract, day and product stand in the address. */
export const CHANGE_PRODUCT = 'ChangeProduct';

/** A time slice has no name of its product. */
export const PRODUCT_SLICES = 'ContractItems?$expand=ContractItemTimeSlices/Product';
