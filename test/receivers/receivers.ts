import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startHost, type ReceiverHost } from './receiver-host.ts';
import { samples, type Language } from './samples.ts';
import { hosts, layOutSamples } from './workshop.ts';

export interface ReceivedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The secret that the receiver was configured with. */
  readonly secret: string;
}

export interface Receivers {
  /** What the page's own code makes of a request; 500 where it throws. Throws for code that no page shows. */
  verify(
    provider: string,
    language: Language,
    request: ReceivedRequest,
  ): Promise<{ accepted: boolean; status: number }>;
  close(): Promise<void>;
}

/** Only on a laptop, and only on request, may the Python samples be left out. */
export const withoutPython = process.env['HYPERHOOK_WITHOUT_PYTHON'] === '1' && process.env['CI'] !== 'true';

const NO_PYTHON =
  'python3 cannot be started, so the Python code of the pages cannot judge our requests. Install Python 3, ' +
  'or set HYPERHOOK_WITHOUT_PYTHON=1 to go without it (not in CI).';

/** Starts the sample code of all four pages. `shims`: without FastAPI and pydantic even where they are installed. */
export async function openReceivers(options: { readonly shims?: boolean } = {}): Promise<Receivers> {
  const folder = layOutSamples();
  const running = new Map<Language, ReceiverHost>();
  const close = async () => {
    await Promise.all([...running.values()].map((host) => host.close()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    running.set('node', await startHost(process.execPath, [join(hosts, 'node-host.mjs'), folder]));
    if (!withoutPython) running.set('python', await startPython(folder, options.shims === true));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    close,
    async verify(provider, language, { headers, body, secret }) {
      const sample = samples.find((each) => each.provider === provider && each.language === language);
      if (sample === undefined) throw new Error(`the page of ${provider} shows no ${language} code`);
      const host = running.get(language);
      if (host === undefined) throw new Error(NO_PYTHON);
      const status = await host.status({
        kind: sample.kind,
        file: sample.file,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
        ),
        body: Buffer.from(body).toString('base64'),
        secret,
      });
      return { accepted: status >= 200 && status <= 299, status };
    },
  };
}

async function startPython(folder: string, shims: boolean): Promise<ReceiverHost> {
  const args = ['-B', join(hosts, 'python_host.py'), folder, ...(shims ? ['shims'] : [])];
  try {
    return await startHost('python3', args);
  } catch (error) {
    throw new Error(NO_PYTHON, { cause: error });
  }
}
