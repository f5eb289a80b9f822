import type { OperatorDesk } from '#lib/processes';
import type { Order } from './read-order.js';
import { showDetail, showList } from './show-processes.js';

/**
 * Does what an operator wants.
 * @returns what is printed
 * @throws AppError NOT_FOUND, CONFLICT and INVALID_INPUT as the desk says; UPSTREAM_* when the store is out of reach
 */
export async function carryOut(order: Order, actor: string, desk: OperatorDesk): Promise<string> {
  switch (order.verb) {
    case 'list': {
      const entries = await desk.list(order.filter);
      return order.json ? JSON.stringify(entries, null, 2) : showList(entries, await desk.pauses());
    }
    case 'show': {
      const id = await desk.idOf(order.name);
      const { reason } = order;
      return showDetail(order.data ? await desk.showPersonal(id, { actor, reason }) : await desk.show(id));
    }
    case 'retry': {
      const { name, reason, surely } = order;
      await desk.retry(await desk.idOf(name), { actor, reason }, surely);
      return 'will be tried again';
    }
    case 'resolve': {
      const { name, outcome, reason } = order;
      await desk.resolve(await desk.idOf(name), outcome, { actor, reason });
      return `resolved as ${outcome}`;
    }
    case 'pause':
      await desk.pause(order.subsidiary, order.reason);
      return `${order.subsidiary} is paused`;
    case 'resume':
      await desk.resume(order.subsidiary);
      return `${order.subsidiary} goes on`;
  }
}
