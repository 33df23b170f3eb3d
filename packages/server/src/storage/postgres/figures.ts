import type { EngineFigure } from '../storage.ts'
import type { Connections } from './connections.ts'
import type { PostgresNodeMessages } from './postgres-node-messages.ts'
import type { ReplicaReads } from './replica-reads.ts'

/** What a node tells of its PostgreSQL. @param replica null without a standby for queries */
export function postgresFigures(
  primary: Connections,
  messages: PostgresNodeMessages,
  replica: ReplicaReads | null,
): readonly EngineFigure[] {
  return [
    gauge(
      'senio_database_connections',
      'Connections to PostgreSQL that are open, but for those of one purpose',
      () => {
        return primary.load.open
      },
    ),
    gauge('senio_database_connections_in_use', 'Those of them that are in use', () => primary.load.inUse),
    gauge('senio_database_connections_waiting', 'Callers that wait for one', () => primary.load.waiting),
    gauge('senio_node_messages_connected', '1 while messages of other nodes come in', () =>
      messages.state.isConnected ? 1 : 0,
    ),
    counter('senio_node_messages_received_total', 'Messages of other nodes', () => messages.state.heard),
    counter(
      'senio_node_messages_interruptions_total',
      'Times that the connection for messages of other nodes was lost',
      () => messages.state.interruptions,
    ),
    ...(replica === null ? [] : replicaFigures(replica)),
  ]
}

function replicaFigures(replica: ReplicaReads): readonly EngineFigure[] {
  return [
    gauge('senio_replica_used', '1 while queries are sent to the standby', () => (replica.isUsed ? 1 : 0)),
    counter(
      'senio_replica_lagged_total',
      'Queries that the primary answered since the standby was too far behind',
      () => replica.passedOver.lagged,
    ),
    counter(
      'senio_replica_failed_total',
      'Queries that the primary answered since the standby failed',
      () => replica.passedOver.failed,
    ),
  ]
}

function gauge(name: string, help: string, value: () => number): EngineFigure {
  return { name, help, isCounter: false, value }
}

function counter(name: string, help: string, value: () => number): EngineFigure {
  return { name, help, isCounter: true, value }
}
