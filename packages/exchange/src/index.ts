export { deleteReceived } from './administration/delete-received.ts';
export { prepareExchange } from './administration/prepare-exchange.ts';
export { roleName as exchangeRoleName } from './administration/role-name.ts';
export { registerHub, registerParticipant, rotatePassword } from './administration/register-participant.ts';
export type {
  RegisteredParticipant,
  RegisteredRole,
  Registration,
} from './administration/register-participant.ts';
export { openChannelListener } from './embedded/channel-listener.ts';
export type { ChannelListener, ChannelListenerOptions } from './embedded/channel-listener.ts';
export type { Exchange, IncomingRecord, OutgoingRecord, ReceiveOptions, Subscription } from './exchange.ts';
export type { ExchangeDependencies } from './exchange-dependencies.ts';
export { ExchangeError } from './exchange-error.ts';
export type { ExchangeErrorCode } from './exchange-error.ts';
export { applyTopology, findDrift } from './kafka/administration/apply-topology.ts';
export type { KafkaConnection, TopologyScope } from './kafka/administration/apply-topology.ts';
export type { Drift, TopologyDeclaration } from './kafka/administration/topology.ts';
export { exchangeTlsSchema } from './kafka/exchange-tls.ts';
export type { ExchangeTls } from './kafka/exchange-tls.ts';
export { openExchange } from './open-exchange.ts';
