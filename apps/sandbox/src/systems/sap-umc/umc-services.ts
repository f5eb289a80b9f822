import { CRM_TYPES } from './model/crm-model.js';
import { ERP_TYPES } from './model/erp-model.js';
import { type ServiceModel, serviceModel, type ServicePack } from './model/service-model.js';

const NODE = '/sap/opu/odata/sap/';
const VERSION = /;v=0*1$/;

/** The two services by name. */
export type Services = ReadonlyMap<string, ServiceModel>;

export function umcServices(servicePack: ServicePack): Services {
  const services = [
    serviceModel('ERP_UTILITIES_UMC', ERP_TYPES, servicePack),
    serviceModel('CRM_UTILITIES_UMC', CRM_TYPES, servicePack),
  ];
  return new Map(services.map((service) => [service.name, service]));
}

/** Which service a path names, and what of the path lies below it. Null outside of the OData node. */
export function serviceInPath(pathname: string): { readonly name: string; readonly path: string } | null {
  if (!pathname.startsWith(NODE)) return null;
  const [name = '', ...rest] = pathname.slice(NODE.length).split('/');
  return { name: name.replace(VERSION, ''), path: rest.join('/') };
}

/** Absolute URI of a service. A Host header that is none counts as `localhost`. */
export function serviceRoot(host: string | undefined, service: ServiceModel): string {
  const authority = host !== undefined && /^[\w.:[\]-]{1,255}$/.test(host) ? host : 'localhost';
  return `http://${authority}${NODE}${service.name}/`;
}

/** Target of a request inside a batch: relative to the service, a path of the host, or a whole URI. */
export function targetInBatch(
  target: string,
  service: ServiceModel,
): { readonly path: string; readonly query: string } {
  const [address = '', ...query] = target.replace(/^https?:\/\/[^/]*/i, '').split('?');
  const absolute = address.startsWith('/') ? serviceInPath(address) : null;
  const path = absolute?.name === service.name ? absolute.path : address;
  return { path, query: query.join('?') };
}
