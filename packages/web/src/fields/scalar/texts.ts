import { defineTexts } from '../../i18n/define-texts.ts'

export const text = defineTexts('scalar', {
  noValues: '{field}: no values in {range}.',
  summary:
    '{field}, {range}: {count} values, lowest {low} ({lowAt}), mean {mean}, highest {high} ({highAt}).',
  statistics: 'Least, mean and greatest',
  label: 'Number',
  hide: 'Hide {field}',
  show: 'Show {field}',
  field: 'Field',
  least: 'Least',
  mean: 'Mean',
  greatest: 'Greatest',
  scale: 'Scale',
  scaleOf: 'Scale of {unit}',
  fixed: '{name}: fixed',
  bothEnds: 'Give a number for both ends.',
  upperGreater: 'The upper end must be greater.',
  upper: 'Upper end',
  lower: 'Lower end',
  fix: 'Fix',
  automatic: 'Automatic',
})
