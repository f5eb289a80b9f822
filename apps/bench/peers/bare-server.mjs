// (d) A bare Node server: it reads the request and answers with bytes that it was given, and does nothing else.
import { createServer } from 'node:http';
import { tellReady } from './ready.mjs';

let body = Buffer.from('{}');
process.on('message', ({ bytes }) => {
  if (bytes === undefined) return;
  body = Buffer.from(bytes, 'base64');
  process.send({ taken: body.length });
});

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'content-length': body.length,
    });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => tellReady(server));
