/** Names of the tenancy ERP, verbatim. The service looks for its elements in this namespace and in this order. */
export const SERVICE_NAMESPACE = 'http://erp.jenawohnen.example/tenancy/2014/05';
export const ADDRESSING_NAMESPACE = 'http://www.w3.org/2005/08/addressing';
export const GET_LEASES_ACTION = `${SERVICE_NAMESPACE}/ITenancyService/GetLeases`;
export const SERVICE_PATH = '/erp/TenancyService.svc';
/** Where repair reports go, beside the SOAP service. */
export const REPAIRS_PATH = '/repairs/notifications';

/** Client (Mandant) of jenawohnen's own stock. */
export const CLIENT = '001';

/** Enclosing element → its items. */
export const LIST_ELEMENTS = { Vertraege: 'Vertrag' } as const;

/** How the ERP writes an open end when it does not leave it nil. */
export const NO_END = '9999-12-31';
