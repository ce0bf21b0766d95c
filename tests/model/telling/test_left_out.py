"""What the model leaves out, each with its direction."""

from model.telling.left_out import LEFT_OUT, Direction, by_direction


def test_directions_are_those_of_the_specification():
    directions = {item.sentence: item.direction for item in LEFT_OUT}
    told = {
        "terminal value": Direction.UNDERSTATES, "Competitors": Direction.OVERSTATES,
        "no friction": Direction.OVERSTATES, "Joiners": Direction.OVERSTATES, "Tax": Direction.EITHER,
        "average revenue": Direction.EITHER, "one block": Direction.EITHER, "media or people": Direction.EITHER,
        "Brand effects": Direction.EITHER, "same footing": Direction.EITHER,
    }  # fmt: skip
    for words, direction in told.items():
        assert [d for sentence, d in directions.items() if words in sentence] == [direction]
    assert len(told) + len(by_direction()[Direction.BEYOND]) == len(LEFT_OUT)


def test_by_direction_loses_nothing():
    assert sorted(s for found in by_direction().values() for s in found) == sorted(i.sentence for i in LEFT_OUT)
