import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from './api/api-problem.ts';
import { router } from './routes.tsx';
import { SessionProvider } from './session/session.tsx';
import { cssVariables, theme } from './theme/theme.ts';

const colorSchemes = localStorageColorSchemeManager({ key: 'hyperhook.colours' });

function queryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What is live is read again when something happens; a window that gets the focus has been live all the while.
        refetchOnWindowFocus: false,
        staleTime: 2_000,
        // A refusal stays one. What is away comes back.
        retry: (failures, error) =>
          failures < 2 && !(error instanceof ApiProblem && error.problem.status < 500),
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
