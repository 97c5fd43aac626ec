import type { Actor } from './actor.ts';

/** Why a broker could not be talked to, and what mends it. */
export interface Trouble {
  readonly message: string;
  /** Somebody has to change a setting; waiting changes nothing. */
  readonly isMistake: boolean;
}

/** `cause`: what kafkajs says at the root. Undefined: it is not about getting a connection. */
export function connectionTrouble(
  cause: Error,
  type: string | undefined,
  actor?: Actor,
): Trouble | undefined {
  const at = addressOf(cause, actor);
  return (
    saslTrouble(cause, type, at, actor) ??
    tlsTrouble(cause, codeOf(cause), at) ??
    absence(cause, codeOf(cause), at, actor)
  );
}

/** kafkajs sees an error of TLS and one of TCP alike: by Node's code. */
export function codeOf(cause: Error): string {
  const code: unknown = Reflect.get(cause, 'code');
  return typeof code === 'string' ? code : '';
}

export function addressOf(cause: Error, actor?: Actor): string {
  const broker: unknown = Reflect.get(cause, 'broker');
  return typeof broker === 'string' ? broker : (actor?.bootstrap ?? 'the broker');
}

function saslTrouble(cause: Error, type: string | undefined, at: string, actor?: Actor): Trouble | undefined {
  const isRefusal = cause.name === 'KafkaJSSASLAuthenticationError';
  if (type === 'UNSUPPORTED_SASL_MECHANISM' || (isRefusal && cause.message.includes('not supported by'))) {
    return mistake(
      `Kafka at ${at} does not offer SASL ${actor?.mechanism ?? 'by this mechanism'}: set ` +
        `HYPERHOOK_KAFKA_SASL_MECHANISM to one that its listener has among sasl.enabled.mechanisms`,
    );
  }
  if (type === 'ILLEGAL_SASL_STATE') {
    return mistake(
      `Kafka at ${at} knows no users on this port: name the port of a SASL listener in HYPERHOOK_KAFKA_BROKERS, ` +
        `or leave HYPERHOOK_KAFKA_SASL_MECHANISM out`,
    );
  }
  if (!isRefusal && type !== 'SASL_AUTHENTICATION_FAILED') return undefined;
  // A connection that breaks while the user is checked says nothing about the user.
  if (/closed connection|connection error|timed out|timeout/i.test(cause.message)) {
    return {
      message: `Kafka at ${at} went away while it checked the user: ${cause.message}`,
      isMistake: false,
    };
  }
  return mistake(
    `Kafka at ${at} refused ${actor?.principal ?? 'the user'} (SASL ${actor?.mechanism ?? ''}): wrong user or password ` +
      `for this mechanism. Check HYPERHOOK_KAFKA_USERNAME and HYPERHOOK_KAFKA_PASSWORD, and that the user has ` +
      `credentials for HYPERHOOK_KAFKA_SASL_MECHANISM. The broker says: ${cause.message}`,
  );
}

const untrusted = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
]);

function tlsTrouble(cause: Error, code: string, at: string): Trouble | undefined {
  const said = cause.message.replace(/^Connection error: /, '').trim();
  if (untrusted.has(code)) {
    return mistake(
      `Kafka at ${at} shows a certificate of an authority that is not trusted here (${code}): set ` +
        `HYPERHOOK_KAFKA_CA_FILE to the PEM file of the authority that issued it`,
    );
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return mistake(
      `Kafka at ${at} shows a certificate for another name: ${said} Name the broker in HYPERHOOK_KAFKA_BROKERS, and in ` +
        `its advertised.listeners, as the certificate does, or have one issued for that name`,
    );
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return mistake(
      `Kafka at ${at} shows a certificate that is not valid now (${code}): renew it on the broker, and check this ` +
        `machine's clock`,
    );
  }
  if (/_ALERT_/.test(code)) {
    return mistake(
      `Kafka at ${at} does not accept our certificate, or wants one (${code}): set HYPERHOOK_KAFKA_CERT_FILE and ` +
        `HYPERHOOK_KAFKA_KEY_FILE to one that its ssl.truststore covers`,
    );
  }
  if (
    /before secure TLS connection|wrong version number/i.test(said) ||
    code === 'ERR_SSL_WRONG_VERSION_NUMBER'
  ) {
    return {
      message:
        `Kafka at ${at} ended the connection when it was offered TLS. If this goes on, the port has none: name the port of ` +
        `an SSL or SASL_SSL listener in HYPERHOOK_KAFKA_BROKERS, or leave HYPERHOOK_KAFKA_SSL out`,
      isMistake: false,
    };
  }
  return undefined;
}

function absence(cause: Error, code: string, at: string, actor?: Actor): Trouble | undefined {
  if (!cause.name.startsWith('KafkaJSConnection')) return undefined;
  const tried =
    actor === undefined || actor.bootstrap === at ? '' : ` (HYPERHOOK_KAFKA_BROKERS: ${actor.bootstrap})`;
  const away = (message: string): Trouble => ({ message, isMistake: false });
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return away(
      `the name of Kafka at ${at} cannot be resolved (${code})${tried}: check HYPERHOOK_KAFKA_BROKERS and DNS`,
    );
  }
  if (cause.name === 'KafkaJSConnectionClosedError') {
    return away(
      `Kafka at ${at} closed the connection${tried}. If this goes on, its listener wants ` +
        (actor?.usesTls === true
          ? 'SASL: see HYPERHOOK_KAFKA_SASL_MECHANISM'
          : 'TLS or SASL: see HYPERHOOK_KAFKA_SSL and HYPERHOOK_KAFKA_SASL_MECHANISM'),
    );
  }
  const why = code === '' ? cause.message : code;
  return away(
    `no Kafka broker answers at ${at} (${why})${tried}: check that it runs, the address in HYPERHOOK_KAFKA_BROKERS, and ` +
      `what is between`,
  );
}

const mistake = (message: string): Trouble => ({ message, isMistake: true });
