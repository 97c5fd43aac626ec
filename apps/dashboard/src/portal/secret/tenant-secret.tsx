import { IconAlertTriangle, IconKeyOff } from '@tabler/icons-react';
import { Card } from '../../parts/card.tsx';
import { Notice } from '../../parts/notice.tsx';
import { secretStrings } from '../../strings/secret.ts';
import { usePortal } from '../portal-context.tsx';
import classes from './secret.module.css';

/** HS-8: the key of webhooks opens more than webhooks. */
export function TenantSecret() {
  const { contract, tenant } = usePortal();
  return (
    <Card title={secretStrings.tenantTitle}>
      <div className={classes.stack}>
        <p className={classes.note}>{secretStrings.tenantAbout(contract.title, contract.signature.header)}</p>
        {tenant.has_secret ? null : (
          <Notice tone="bad" icon={IconKeyOff}>
            {secretStrings.tenantMissing}
          </Notice>
        )}
        <Notice tone="wait" icon={IconAlertTriangle}>
          {secretStrings.tenantWarning}
        </Notice>
      </div>
    </Card>
  );
}
