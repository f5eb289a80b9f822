import { Global, Module } from '@nestjs/common';
import { CustomerProcessesResolver } from './customer-processes.resolver.js';
import { Pending } from './pending.js';
import { ProcessResolver } from './process.resolver.js';
import { ResultNodes } from './result-nodes.js';
import { Submissions } from './submissions.js';

/** Durable commands in the graph; what subsidiaries need for their own mutations and pending values is everywhere. */
@Global()
@Module({
  providers: [Submissions, Pending, ResultNodes, ProcessResolver, CustomerProcessesResolver],
  exports: [Submissions, Pending, ResultNodes],
})
export class GraphProcessesModule {}
