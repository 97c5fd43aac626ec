import { describe, expect, it } from '@jest/globals';
import { checkUrl } from './url-check.ts';

const problemOf = (text: string, https: 'always' | 'production' = 'production') => {
  const finding = checkUrl(text, https);
  return finding.kind === 'bad' ? finding.problem : finding.kind;
};

describe('a URL while it is typed', () => {
  it('HL-2: must begin with https where the page of the contract says so', () => {
    expect(problemOf('http://example.com/hook', 'always')).toBe('https');
    expect(problemOf('https://example.com/hook', 'always')).toBe('good');
    expect(checkUrl('http://example.com/hook', 'production')).toMatchObject({ kind: 'good', isHttp: true });
  });

  it('is shown in the form in which it will be stored', () => {
    const canonical = (text: string) => {
      const finding = checkUrl(text, 'always');
      return finding.kind === 'good' ? finding.canonical : finding.kind;
    };
    expect(canonical('https://EXAMPLE.com')).toBe('https://example.com/');
    expect(canonical('https://example.com:443/a/../b')).toBe('https://example.com/b');
    expect(canonical('https://bücher.example/ä')).toBe('https://xn--bcher-kva.example/%C3%A4');
  });

  it('is told what is wrong with it', () => {
    expect(problemOf('')).toBe('empty');
    expect(problemOf('https')).toBe('not_a_url');
    expect(problemOf('example.com/hook')).toBe('not_a_url');
    expect(problemOf('https://')).toBe('not_a_url');
    expect(problemOf('ftp://example.com')).toBe('scheme');
    expect(problemOf('https://me:secret@example.com/')).toBe('userinfo');
    expect(problemOf('https://example.com/#here')).toBe('fragment');
    expect(problemOf('https://example.com/a b')).toBe('blank');
    expect(problemOf('https:\\\\example.com')).toBe('blank');
    expect(problemOf(`https://example.com/${'a'.repeat(2_048)}`)).toBe('too_long');
  });
});
