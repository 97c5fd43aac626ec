import { IconChevronLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { formStrings } from '../../strings/form.ts';
import classes from './endpoint.module.css';

export function BackToEndpoints() {
  return (
    <Link to="/portal" className={classes.back ?? ''}>
      <IconChevronLeft size={15} aria-hidden />
      {formStrings.back}
    </Link>
  );
}
