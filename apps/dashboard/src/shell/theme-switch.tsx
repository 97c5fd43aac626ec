import { ActionIcon, Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { partsStrings } from '../strings/parts.ts';

const icons = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop };
const schemes: readonly MantineColorScheme[] = ['light', 'dark', 'auto'];

export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = icons[colorScheme];
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={partsStrings.themeLabel}>
          <Current size={17} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map((scheme) => {
          const Mark = icons[scheme];
          return (
            <Menu.Item
              key={scheme}
              leftSection={<Mark size={15} aria-hidden />}
              rightSection={scheme === colorScheme ? <IconCheck size={15} aria-hidden /> : null}
              aria-current={scheme === colorScheme}
              onClick={() => setColorScheme(scheme)}
            >
              {partsStrings.theme[scheme]}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
