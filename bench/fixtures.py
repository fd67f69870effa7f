"""The rotation against the independent simulator: `python -m bench.fixtures`.

Prints, for each reference file, how many cases it has, how many nobat meets exactly and the
largest difference of any figure. Needs the reference figures (NOBAT_REFERENCE names their folder).
"""

from __future__ import annotations

from tests.oracles.rotation_cases import FILES


def main() -> None:
    """Print the table."""
    print("| file | cases | cases met | largest difference |")
    print("| --- | --- | --- | --- |")
    for name, cases in FILES.items():
        differences = [case.difference for case in cases()]
        met = sum(difference == 0 for difference in differences)
        print(f"| {name} | {len(differences)} | {met} | {max(differences):g} |")


if __name__ == "__main__":
    main()
