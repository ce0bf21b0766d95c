// Recalculates a workbook after each of several edits, and writes all values.
//
// node evaluate.mjs IN OUT: IN holds `sheets` (rows of cells by sheet), `names` (name to what it refers to), `edits`
// (a list of lists of [sheet, row, column, content], counted from 0) and `unread` (sheets whose values are not
// wanted). OUT becomes a list of the sheets' values after each edit alone, an error as {"error": its sign}.
import { readFileSync, writeFileSync } from 'node:fs'
import { HyperFormula } from 'hyperformula'

const [, , source, target] = process.argv
const { sheets, names, edits, unread } = JSON.parse(readFileSync(source, 'utf8'))
const options = { licenseKey: 'gpl-v3', useArrayArithmetic: true, smartRounding: false, precisionEpsilon: 0, maxRows: 1048576 }
const expressions = Object.entries(names).map(([name, place]) => ({ name, expression: `=${place}` }))
const engine = HyperFormula.buildFromSheets(sheets, options, expressions)

function values() {
  const read = engine.getSheetNames().filter((name) => !unread.includes(name))
  return Object.fromEntries(read.map((name) => [name, engine.getSheetValues(engine.getSheetId(name))]))
}

function write(cells) {
  engine.batch(() => {
    for (const [sheet, row, col, content] of cells) {
      engine.setCellContents({ sheet: engine.getSheetId(sheet), row, col }, content)
    }
  })
}

const results = edits.map((cells) => {
  write(cells)
  const found = values()
  write(cells.map(([sheet, row, col]) => [sheet, row, col, sheets[sheet][row][col]]))
  return found
})
const plain = (_, value) => (value && value.type && 'value' in value ? { error: value.value } : value)
writeFileSync(target, JSON.stringify(results, plain))
