import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly colours: 'light' | 'dark';
}

export const desk: Look = { width: 1_280, height: 860, colours: 'light' };
export const night: Look = { ...desk, colours: 'dark' };
export const phone: Look = { width: 390, height: 844, colours: 'light' };

/** Somebody with a browser of their own: what it complains of is kept. */
export class Visit {
  readonly page: Page;
  /** Errors of the console and of scripts, and whatever the page's policy refused. */
  readonly complaints: string[] = [];
  readonly #context: BrowserContext;
  readonly #origin: string;

  private constructor(context: BrowserContext, page: Page, origin: string) {
    this.#context = context;
    this.page = page;
    this.#origin = origin;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      // An answer that is no success is told by the browser in words of its own; the page shows it.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.complaints.push(message.text());
    });
  }

  static async begin(browser: Browser, origin: string, look: Look = desk): Promise<Visit> {
    const context = await browser.newContext({
      viewport: { width: look.width, height: look.height },
      colorScheme: look.colours,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(20_000);
    return new Visit(context, await context.newPage(), origin);
  }

  /** Comes with a token, as a link does that somebody was sent. `path`: below /ui, with its query. */
  async open(path: string, token: string): Promise<void> {
    await this.page.goto(`${this.#origin}/ui${path}#token=${token}`);
  }

  /** What axe finds that keeps people out. */
  async barriers(): Promise<readonly string[]> {
    const { violations } = await this.page
      .evaluate(
        `${axe.source}; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
      )
      .then((found) => found as AxeResults);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ html, failureSummary }) => `${html} – ${failureSummary}`).join('; ')}`,
      );
  }

  /** px by which the page is wider than its window. */
  async overflow(): Promise<number> {
    return Number(
      await this.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    );
  }

  /** What stands in the clipboard, as somebody learns it: by pasting it elsewhere. */
  async pasted(): Promise<string> {
    const elsewhere = await this.#context.newPage();
    try {
      await elsewhere.setContent('<textarea autofocus></textarea>');
      await elsewhere.locator('textarea').focus();
      await elsewhere.keyboard.press('Control+V');
      return await elsewhere.locator('textarea').inputValue();
    } finally {
      await elsewhere.close();
    }
  }

  end(): Promise<void> {
    return this.#context.close();
  }
}
