import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** Where the document and its page are. */
export const OPEN_API_PATH = 'partner/v1/docs';

/** The OpenAPI 3.1 document of all partner routes, made from the controllers themselves. */
export function createOpenApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Saaltor für Partner')
    .setDescription('Öffentliche Daten der Unternehmensgruppe. Fehler sind problem+json nach RFC 9457.')
    .setVersion('1')
    .build();
  const document = SwaggerModule.createDocument(app, config, { deepScanRoutes: true });
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/partner/v1/'));
  for (const [, path] of paths) Object.values(path).forEach(tellRule);
  return { ...document, paths: Object.fromEntries(paths) };
}

/** Puts who may call an operation into its description, where people read it. */
function tellRule(operation: { description?: string; 'x-access'?: { sentence: string } }): void {
  const sentence = operation['x-access']?.sentence;
  if (sentence !== undefined) operation.description = [operation.description, sentence].filter(Boolean).join(' ');
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
