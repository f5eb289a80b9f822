import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { OAUTH_PATH, PartnerContracts, type AccessRule } from '#lib/access';

/** Where the document and its page are. */
export const OPEN_API_PATH = 'partner/v1/docs';

/** Names of the two ways to a token in the document: a partner's own, and one that a customer has granted. */
const OWN = 'partner';
const GRANTED = 'grant';

/** What `Allow` and Nest leave of an operation. */
interface Operation {
  description?: string;
  security?: Record<string, string[]>[];
  readonly 'x-access'?: Pick<AccessRule, 'callers' | 'scope'> & { readonly sentence: string };
}

/** The OpenAPI 3.1 document of all partner routes, made from the controllers themselves. */
export function createOpenApi(app: INestApplication): OpenAPIObject {
  const { own, granted } = app.get(PartnerContracts, { strict: false }).scopes;
  const tokenUrl = `${OAUTH_PATH}/token`;
  const authorizationUrl = `${OAUTH_PATH}/auth`;
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Saaltor für Partner')
    .setDescription(
      'Daten der Unternehmensgruppe für Partner: öffentliche für alle, alles andere nach Vertrag oder mit Freigabe des ' +
        'Kunden. Fehler sind problem+json nach RFC 9457.',
    )
    .setVersion('1')
    .addOAuth2({ type: 'oauth2', flows: { clientCredentials: { tokenUrl, scopes: own } } }, OWN)
    .addOAuth2(
      { type: 'oauth2', flows: { authorizationCode: { authorizationUrl, tokenUrl, scopes: granted } } },
      GRANTED,
    )
    .build();
  const document = SwaggerModule.createDocument(app, config, { deepScanRoutes: true });
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/partner/v1/'));
  for (const [, path] of paths) Object.values(path as Record<string, Operation>).forEach(tellRule);
  return { ...document, paths: Object.fromEntries(paths) };
}

/** Puts who may call an operation where people read it, and where tools do. */
function tellRule(operation: Operation): void {
  const access = operation['x-access'];
  if (access === undefined) return;
  const { callers, scope, sentence } = access;
  operation.description = [operation.description, sentence].filter(Boolean).join(' ');
  const scopes = scope === undefined ? [] : [scope];
  operation.security =
    callers === 'anyone'
      ? []
      : [
          ...(callers.includes('partner') ? [{ [OWN]: scopes }] : []),
          ...(callers.includes('delegate') ? [{ [GRANTED]: scopes }] : []),
        ];
}

/** Serves the document as JSON and as a page whose files all come from this process. */
export function serveOpenApi(app: INestApplication): void {
  const document = createOpenApi(app);
  SwaggerModule.setup(OPEN_API_PATH, app, document, {
    jsonDocumentUrl: 'partner/v1/openapi.json',
    customSiteTitle: 'Saaltor für Partner',
    raw: ['json'],
  });
}
