import type { ConnectionRequest } from '../../parameters/connection-request.js';

/** Which provider is asked, over which connection, and as which account where that is known. */
export function connectionText(connection: ConnectionRequest): string {
  switch (connection.kind) {
    case 'simulator':
      return 'Provider: the simulated site in this process, over its administration service';
    case 'admin-service': {
      const account =
        connection.login.kind === 'token' ? 'as the account of the token' : 'as the account of this process';
      return `Provider: ${connection.address}, over the administration service, ${account}`;
    }
    case 'wmi': {
      const account = connection.credential?.user ?? 'the account of this process';
      return `Provider: ${connection.smsProvider ?? 'this machine'}, over WMI, as ${account}`;
    }
  }
}
