import { partsStrings } from '../strings/parts.ts';
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** One accent. Steps 6 (light) and 4 (dark) reach 4.5:1 on the surfaces of their scheme. */
const iris: MantineColorsTuple = [
  '#eef1ff',
  '#dde3fb',
  '#b9c4f3',
  '#93a3ee',
  '#8193f0',
  '#5367da',
  '#4457cf',
  '#3848b8',
  '#2f3c98',
  '#262f78',
];

/** What cannot be taken back. Steps 6 (light) and 5 (dark) carry white text at 4.5:1 and more. */
const red: MantineColorsTuple = [
  '#fdebe9',
  '#fad5d2',
  '#f3aca6',
  '#ec8078',
  '#e45c52',
  '#c93a31',
  '#b3261e',
  '#9c1f18',
  '#851a14',
  '#6e1510',
];

const slate: MantineColorsTuple = [
  '#f7f8fa',
  '#eff1f4',
  '#e2e5ea',
  '#cdd2da',
  '#a8b0bc',
  '#7b8594',
  '#5a6473',
  '#414a58',
  '#2b323d',
  '#1a1f27',
];

/** Mantine draws its dark scheme with these: 0 is text, 7 the page. */
const dark: MantineColorsTuple = [
  '#e4e7ec',
  '#c6ccd6',
  '#a2abb9',
  '#7d8797',
  '#3a424f',
  '#2c333e',
  '#20262f',
  '#171c23',
  '#11151b',
  '#0c0f14',
];

const sans =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif';
const mono =
  'ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace';

/** An icon says nothing to those who do not see it. */
const close = { 'aria-label': partsStrings.close };

export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 6, dark: 5 },
  colors: { iris, red, gray: slate, dark },
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: true, multiline: true, maw: 320 } },
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 }, closeButtonProps: close },
    },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.35 }, closeButtonProps: close } },
  },
});

/** The page's own words for colours (tokens.css speaks of nothing else). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--hh-page': '#f6f7f9',
    '--hh-surface': '#ffffff',
    '--hh-sunken': '#f1f3f6',
    '--hh-hover': '#f4f6fb',
    '--hh-line': '#e1e5eb',
    '--hh-line-strong': '#c9d0d9',
    '--hh-text': '#1a1f27',
    '--hh-muted': '#596373',
    '--hh-accent': '#4457cf',
    '--hh-accent-soft': '#eef1ff',
    '--hh-good': '#13733f',
    '--hh-good-soft': '#e3f4ea',
    '--hh-good-fill': '#4fae78',
    '--hh-bad': '#b3261e',
    '--hh-bad-soft': '#fdebe9',
    '--hh-bad-fill': '#dc5a50',
    '--hh-wait': '#8a5a00',
    '--hh-wait-soft': '#fdf3da',
    '--hh-wait-fill': '#e0a93a',
    '--hh-held': '#6a3fb0',
    '--hh-held-soft': '#f2ebfc',
    '--hh-held-fill': '#9a77d6',
    '--hh-still': '#596373',
    '--hh-still-soft': '#eceff3',
    '--hh-still-fill': '#a8b0bc',
    '--mantine-color-body': '#f6f7f9',
    '--mantine-color-text': '#1a1f27',
    '--mantine-color-dimmed': '#596373',
    '--mantine-color-placeholder': '#6b7686',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-default-border': '#c9d0d9',
  },
  dark: {
    '--hh-page': '#11151b',
    '--hh-surface': '#171c23',
    '--hh-sunken': '#0f1318',
    '--hh-hover': '#1d232c',
    '--hh-line': '#272e38',
    '--hh-line-strong': '#3a424f',
    '--hh-text': '#e4e7ec',
    '--hh-muted': '#98a2b2',
    '--hh-accent': '#93a3ee',
    '--hh-accent-soft': '#1f2645',
    '--hh-good': '#6fd39a',
    '--hh-good-soft': '#13301f',
    '--hh-good-fill': '#3f9a66',
    '--hh-bad': '#ff9a90',
    '--hh-bad-soft': '#3d1a18',
    '--hh-bad-fill': '#d1574c',
    '--hh-wait': '#f0c064',
    '--hh-wait-soft': '#352813',
    '--hh-wait-fill': '#b98a2e',
    '--hh-held': '#c5a8f5',
    '--hh-held-soft': '#2a1f40',
    '--hh-held-fill': '#7f5fc0',
    '--hh-still': '#98a2b2',
    '--hh-still-soft': '#232a34',
    '--hh-still-fill': '#5b6676',
    '--mantine-color-body': '#11151b',
    '--mantine-color-text': '#e4e7ec',
    '--mantine-color-dimmed': '#98a2b2',
    '--mantine-color-placeholder': '#8590a1',
    '--mantine-color-error': '#ff9a90',
    '--mantine-color-default': '#1b2129',
    '--mantine-color-default-border': '#3a424f',
  },
});
