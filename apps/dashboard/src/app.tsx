import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from './api/api-problem.ts';
import { router } from './routes.tsx';
import { SessionProvider } from './session/session.tsx';
import { cssVariables, theme } from './theme/theme.ts';

const colorSchemes = localStorageColorSchemeManager({ key: 'hyperhook.colours' });

const AGAIN_MS = 4_000;

function queryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What is live is read again when something happens; a window that gets the focus has been live all the while.
        refetchOnWindowFocus: false,
        staleTime: 2_000,
        // What the engine says stands; a connection that broke may be made again at once.
        retry: (failures, error) => failures < 1 && !(error instanceof ApiProblem),
        // What is away comes back, and nothing tells of it.
        refetchInterval: ({ state }) => (state.status === 'error' ? AGAIN_MS : false),
      },
    },
  });
}

export function App({ styleNonce }: { readonly styleNonce: string }) {
  const [queries] = useState(queryClient);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemes}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <QueryClientProvider client={queries}>
        <SessionProvider>
          <RouterProvider router={router} />
        </SessionProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
