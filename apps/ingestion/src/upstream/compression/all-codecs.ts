import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import kafkajs from 'kafkajs';
import { unpackLz4 } from './unpack-lz4.ts';
import { unpackSnappy } from './unpack-snappy.ts';

const { CompressionCodecs, CompressionTypes } = kafkajs;

/** Of one batch of records; brokers take batches of about 1 MiB, packed. */
const MOST = 256 * 1_024 * 1_024;

const unzstd = promisify(zstdDecompress);

/**
 * kafkajs reads gzip only and ends at anything else, while other teams' clients commonly write LZ4, snappy or zstd.
 * For reading: nothing here writes compressed. kafkajs keeps codecs for the whole process; what is there stays.
 */
export function readAllCodecs(): void {
  teach(CompressionTypes.ZSTD, (packed) => unzstd(packed, { maxOutputLength: MOST }));
  teach(CompressionTypes.LZ4, async (packed) => unpackLz4(packed, MOST));
  teach(CompressionTypes.Snappy, async (packed) => unpackSnappy(packed, MOST));
}

type Teachable =
  kafkajs.CompressionTypes.LZ4 | kafkajs.CompressionTypes.Snappy | kafkajs.CompressionTypes.ZSTD;

function teach(type: Teachable, decompress: (packed: Buffer) => Promise<Buffer>): void {
  if (isTaught(type)) return;
  const compress = async () => {
    throw new Error('this codec only reads');
  };
  CompressionCodecs[type] = () => ({ compress, decompress });
}

/** kafkajs' own entries throw. */
function isTaught(type: Teachable): boolean {
  try {
    CompressionCodecs[type]();
    return true;
  } catch {
    return false;
  }
}
