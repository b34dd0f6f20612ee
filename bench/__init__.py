"""What pages and exports cost at different sizes of the archive: `python -m bench 10000 1000000`.

Figures of a run are comparable with each other only: each is told beside a bare primary-key read, or the database's
own copy, of the same run on the same machine.
"""
