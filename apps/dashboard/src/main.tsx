import '@mantine/core/styles.layer.css';
import './theme/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { takeCredentialFromAddress } from './session/credential-store.ts';
import { readStyleNonce } from './theme/style-nonce.ts';

takeCredentialFromAddress();
const page = document.getElementById('page');
if (page === null) throw new Error('index.html has no element with the id "page"');
createRoot(page).render(<App styleNonce={readStyleNonce()} />);
