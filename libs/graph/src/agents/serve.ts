import { GraphQLError } from 'graphql';
import type { Counter } from '#lib/access';
import type { Customer } from '#lib/customer';
import { AppError, keyOfGlobalId, type RequestScope } from '#lib/kernel';

/**
 * The customer whom the agent serves. Without a mandate for exactly that customer the HTTP answer is 403, too.
 * @param id global id of the customer
 * @throws AppError NOT_FOUND for what is no customer's id; FORBIDDEN, inside a GraphQLError, without a mandate
 */
export async function serve(counter: Counter, scope: RequestScope, id: string): Promise<Customer> {
  const customerId = keyOfGlobalId(id, 'Customer');
  try {
    return await counter.serve(scope, customerId);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'FORBIDDEN') throw error;
    const extensions = { code: error.code, http: { status: 403 } };
    throw new GraphQLError(error.message, { originalError: error, extensions });
  }
}
